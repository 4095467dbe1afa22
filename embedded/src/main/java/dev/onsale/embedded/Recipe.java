package dev.onsale.embedded;

/** Prepares a store's folder (unpacks, configures, initializes; each only if needed) and says how to start it. */
@FunctionalInterface
interface Recipe {

    Launch prepare(StoreFolder folder, Account account, int port);
}
