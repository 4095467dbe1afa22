package dev.onsale.embedded;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A set of running stores, started in parallel and stopped together.
 *
 * <p>Each comes from the first of these that applies: a URL in the environment ({@code ONSALE_REDIS_URL},
 * {@code ONSALE_POSTGRES_URL}, {@code ONSALE_ELASTICSEARCH_URL}, {@code ONSALE_MAIL_URL}); a container, if a Docker
 * engine answers and the data are temporary; a child process. {@code ONSALE_STORES=embedded} or {@code =docker} insists
 * on one of the latter two. All listen on loopback and end with this JVM.
 */
public final class Stores implements AutoCloseable {

    private final Map<StoreKind, Store> stores;
    private final DataFolder data;
    private final boolean hooked;
    private final Thread hook = new Thread(this::shutDown, "stores-shutdown");

    private Stores(Map<StoreKind, Store> stores, DataFolder data, boolean hooked) {
        this.stores = stores;
        this.data = data;
        this.hooked = hooked;
    }

    /** Starts these with temporary data on free ports. */
    public static Stores start(Set<StoreKind> kinds) {
        return builder().with(kinds).start();
    }

    /** Chooses what to start, where it keeps its data and on which ports. */
    public static Builder builder() {
        return new Builder();
    }

    /** The Redis server; throws if it was not asked for. */
    public RedisStore redis() {
        return (RedisStore) store(StoreKind.REDIS);
    }

    /** The PostgreSQL server; throws if it was not asked for. */
    public PostgresStore postgres() {
        return (PostgresStore) store(StoreKind.POSTGRES);
    }

    /** The Elasticsearch node; throws if it was not asked for. */
    public ElasticsearchStore elasticsearch() {
        return (ElasticsearchStore) store(StoreKind.ELASTICSEARCH);
    }

    /** The mail server; throws if it was not asked for. */
    public MailStore mail() {
        return (MailStore) store(StoreKind.MAIL);
    }

    /** Any of them by its kind; throws if it was not asked for. */
    public Store store(StoreKind kind) {
        Store store = stores.get(kind);
        if (store == null) {
            throw new IllegalStateException(kind.label() + " was not started; these were: " + stores.keySet());
        }
        return store;
    }

    /** What was started. */
    public Set<StoreKind> kinds() {
        return Set.copyOf(stores.keySet());
    }

    /** Stops everything in order and removes temporary data. Safe to call twice. */
    @Override
    public void close() {
        try {
            if (hooked) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        } catch (IllegalStateException e) {
            return; // The JVM is on its way out and the hook does the same.
        }
        shutDown();
    }

    private synchronized void shutDown() {
        inParallel(stores.values().stream()
                .map(store -> (Callable<Boolean>) () -> {
                    store.engine().close();
                    return true;
                })
                .toList());
        data.close();
    }

    private void startAll() {
        if (hooked) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
        List<Throwable> faults = inParallel(stores.values().stream()
                .map(store -> (Callable<Boolean>) () -> {
                    store.start();
                    return true;
                })
                .toList());
        if (!faults.isEmpty()) {
            close();
            Throwable first = faults.getFirst();
            throw new StoresException("Stores did not start: " + first.getMessage(), first);
        }
    }

    private static List<Throwable> inParallel(List<Callable<Boolean>> tasks) {
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("stores-", 0).factory())) {
            return threads.invokeAll(tasks).stream().flatMap(Stores::fault).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(e);
        }
    }

    private static Stream<Throwable> fault(Future<Boolean> done) {
        try {
            done.get();
            return Stream.empty();
        } catch (ExecutionException e) {
            return Stream.of(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Stream.of(e);
        }
    }

    /** What to start. Without a data folder the data are temporary; without a port, a free one is taken. */
    public static final class Builder {

        private final EnumSet<StoreKind> kinds = EnumSet.noneOf(StoreKind.class);
        private final EnumMap<StoreKind, Integer> ports = new EnumMap<>(StoreKind.class);
        private int pagePort;
        private @Nullable Path folder;
        private boolean hooked = true;

        private Builder() {}

        /** Adds stores to start. */
        public Builder with(Set<StoreKind> more) {
            kinds.addAll(more);
            return this;
        }

        /** Adds stores to start. */
        public Builder with(StoreKind... more) {
            kinds.addAll(List.of(more));
            return this;
        }

        /** Keeps the data in this folder, made if missing. One process at a time may use it. */
        public Builder data(Path persistent) {
            folder = persistent.toAbsolutePath().normalize();
            return this;
        }

        /** Listens on this port instead of a free one. */
        public Builder port(StoreKind kind, int port) {
            ports.put(kind, port);
            return this;
        }

        /** Shows the mails by HTTP on this port instead of a free one. */
        public Builder mailPagePort(int port) {
            pagePort = port;
            return this;
        }

        /**
         * Leaves the orderly stop to the caller, who has things to stop before the stores; by default the end of the JVM
         * stops them. Child processes never outlive it in either case.
         */
        public Builder closedByCaller() {
            hooked = false;
            return this;
        }

        /** Starts them all and returns when each answers; if one fails, none is left running. */
        public Stores start() {
            DataFolder data = DataFolder.open(folder);
            try {
                StoreFactory factory = new StoreFactory(data, ports, pagePort == 0 ? Ports.free() : pagePort);
                EnumMap<StoreKind, Store> stores = new EnumMap<>(StoreKind.class);
                kinds.forEach(kind -> stores.put(kind, factory.create(kind)));
                Stores started = new Stores(stores, data, hooked);
                started.startAll();
                return started;
            } catch (RuntimeException e) {
                data.close();
                throw e;
            }
        }
    }
}
