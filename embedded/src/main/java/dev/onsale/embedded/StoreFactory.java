package dev.onsale.embedded;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Decides, store by store, what runs it: a URL that was given, a container, or a child process. */
final class StoreFactory {

    private static final Map<StoreKind, Integer> USUAL_PORTS =
            Map.of(StoreKind.REDIS, 6379, StoreKind.POSTGRES, 5432, StoreKind.ELASTICSEARCH, 9200, StoreKind.MAIL, 25);

    private final DataFolder data;
    private final Map<StoreKind, Integer> ports;
    private final int pagePort;
    private final boolean containers;

    StoreFactory(DataFolder data, Map<StoreKind, Integer> ports, int pagePort) {
        this.pagePort = pagePort;
        this.data = data;
        this.ports = ports;
        this.containers = Docker.wanted(data.temporary());
    }

    Store create(StoreKind kind) {
        return given(kind).orElseGet(() -> started(kind));
    }

    private Store started(StoreKind kind) {
        Integer chosen = ports.get(kind);
        if (chosen != null && !Ports.isFree(chosen)) {
            throw new StoresException("Port " + chosen + " for " + kind.label()
                    + " is taken by another program: stop that one, or choose other ports");
        }
        int port = chosen == null ? Ports.free() : chosen;
        return switch (kind) {
            case REDIS -> new RedisStore(engine(kind, new RedisRecipe(), port));
            case POSTGRES -> new PostgresStore(engine(kind, new PostgresRecipe(), port));
            case ELASTICSEARCH -> new ElasticsearchStore(engine(kind, new ElasticsearchRecipe(), port));
            case MAIL -> MailStore.at(port, pagePort, data.of(kind).path());
        };
    }

    private Engine engine(StoreKind kind, Recipe recipe, int port) {
        return containers
                ? ContainerEngine.of(kind, port)
                : new ProcessEngine(recipe, data.of(kind), Account.choose(), port);
    }

    private static Optional<Store> given(StoreKind kind) {
        String url = System.getenv(kind.variable());
        if (url == null || url.isBlank()) {
            return Optional.empty();
        }
        URI uri = URI.create(url.strip());
        Integer usual = USUAL_PORTS.get(kind);
        Engine engine = GivenEngine.at(uri, usual == null ? 0 : usual);
        return Optional.of(
                switch (kind) {
                    case REDIS -> new RedisStore(engine, uri);
                    case POSTGRES -> new PostgresStore(engine, uri, givenLogins());
                    case ELASTICSEARCH -> new ElasticsearchStore(engine, uri);
                    case MAIL -> MailStore.given(engine, uri);
                });
    }

    private static PostgresStore.Logins givenLogins() {
        return new PostgresStore.Logins(givenLogin("OWNER"), givenLogin("APP"), givenLogin("READER"));
    }

    private static Login givenLogin(String role) {
        Map<String, String> environment = System.getenv();
        String prefix = "ONSALE_POSTGRES_" + role;
        return new Login(
                environment.getOrDefault(prefix + "_USER", "onsale_" + role.toLowerCase(Locale.ROOT)),
                environment.getOrDefault(prefix + "_PASSWORD", PostgresStore.PASSWORD));
    }
}
