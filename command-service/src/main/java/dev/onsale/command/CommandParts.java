package dev.onsale.command;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.idempotency.Idempotency;
import dev.onsale.command.inventory.InventoryRebuild;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Vertx;

/**
 * What every feature may need.
 *
 * @param context the service being put together
 * @param settings all settings
 * @param database PostgreSQL
 * @param redis Redis
 * @param outbox where changes are noted
 * @param idempotency makes calls have their effect once
 * @param catalog events, from memory
 * @param rebuild loads events into Redis
 * @param ledger who holds what
 */
record CommandParts(
        ServiceContext context,
        CommandConfig settings,
        Database database,
        Redis redis,
        Outbox outbox,
        Idempotency idempotency,
        EventCatalog catalog,
        InventoryRebuild rebuild,
        SeatLedger ledger) {

    static CommandParts of(ServiceContext context, CommandConfig settings, Database database, Redis redis) {
        int shards = settings.outbox().shards();
        InventoryRebuild rebuild = new InventoryRebuild(database, redis, shards);
        return new CommandParts(
                context,
                settings,
                database,
                redis,
                new Outbox(shards),
                new Idempotency(database),
                new EventCatalog(context.vertx(), database, settings.catalog()),
                rebuild,
                new SeatLedger(redis, shards, rebuild::lost));
    }

    Vertx vertx() {
        return context.vertx();
    }
}
