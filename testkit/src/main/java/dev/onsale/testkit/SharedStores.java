package dev.onsale.testkit;

import dev.onsale.embedded.Store;
import dev.onsale.embedded.StoreKind;
import dev.onsale.embedded.Stores;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The stores of this JVM, each started when a test class first asks for it; they end with the JVM. */
final class SharedStores {

    /** Every Redis has at least 16 numbered databases; 0 is left to whoever is careless. */
    private static final int REDIS_DATABASES = 15;

    private static final Map<StoreKind, Stores> STARTED = new EnumMap<>(StoreKind.class);
    private static final AtomicInteger TURN = new AtomicInteger();

    private SharedStores() {}

    /** Starts what is missing, in parallel. */
    static synchronized void require(Set<StoreKind> kinds) {
        EnumSet<StoreKind> missing = EnumSet.copyOf(kinds);
        missing.removeAll(STARTED.keySet());
        if (!missing.isEmpty()) {
            Stores stores = Stores.start(missing);
            missing.forEach(kind -> STARTED.put(kind, stores));
        }
    }

    static synchronized Store get(StoreKind kind) {
        Stores stores = STARTED.get(kind);
        if (stores == null) {
            throw new IllegalStateException(kind.label() + " was not asked for in TestStores.with(...)");
        }
        return stores.store(kind);
    }

    /** A number for each test class. */
    static int nextTurn() {
        return TURN.incrementAndGet();
    }

    static int redisDatabase(int turn) {
        return 1 + turn % REDIS_DATABASES;
    }
}
