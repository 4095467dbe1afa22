package dev.onsale.standalone;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.onsale.embedded.PostgresStore;
import dev.onsale.embedded.StoreKind;
import dev.onsale.payment.PaymentMain;
import dev.onsale.payment.PaymentSchema;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.SigningKey;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.service.Running;
import dev.onsale.standalone.fuzz.Findings;
import dev.onsale.standalone.fuzz.Fuzzer;
import dev.onsale.standalone.fuzz.Scene;
import dev.onsale.standalone.fuzz.Stage;
import dev.onsale.standalone.fuzz.StoresDigest;
import dev.onsale.standalone.fuzz.Vitals;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A hundred thousand broken, hostile and merely wrong inputs for all services on all stores. None may hang, meet a bug, change
 * anything, or leave memory or connections behind.
 *
 * <p>{@code -Dfuzz.seed=7 -Dfuzz.first=0 -Dfuzz.inputs=100000}: one input of a run can be sent again alone by its number.
 */
class MutationFuzzSim {

    private static final long SEED = Long.getLong("fuzz.seed", 20261130);
    private static final long FIRST = Long.getLong("fuzz.first", 0);
    private static final long INPUTS = Long.getLong("fuzz.inputs", 100_000);

    /** Sent before anything is measured: caches are filled, code is compiled. */
    private static final long WARM_UP = Math.min(INPUTS, 10_000);

    private static final String SECRET = "whsec_of_the_fuzzer";
    private static final int SECONDS_TO_SETTLE = 20;
    private static final int MANY = 5_000;

    /** Less than 600 bytes for each of a hundred thousand inputs. */
    private static final long MORE_BYTES = 60L << 20;

    /**
     * What changes by itself (who is a node of what, how far a room's line and a sweep have come, caches), and what is written of refused calls and
     * of looks at bookings, as it should be. Webhooks that are signed leave their ids.
     */
    private static final Pattern LEFT_OUT = Pattern.compile(
            "access_records|payment\\.webhooks|\\.activity|node_calls|waiting_room\\.progress|payment\\.sweeps"
                    + "|:nodes$|:room$|:room:calls$|:room:settled$|onsale:cache:");

    @TempDir
    private static Path data;

    private static LocalSystem system;
    private static Endpoints endpoints;
    private static Vertx vertx;
    private static Running stripe;
    private static Stage stage;
    private static Scene scene;

    private static final ListAppender<ILoggingEvent> ERRORS = new ListAppender<>();

    /** One for each: the services remember the tokens they have verified. */
    private static final Map<String, String> ISSUED = new ConcurrentHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
        ThresholdFilter onlyErrors = new ThresholdFilter();
        onlyErrors.setLevel("ERROR");
        onlyErrors.start();
        ERRORS.addFilter(onlyErrors);
        ERRORS.setContext(logs);
        ERRORS.start();
        logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(ERRORS);
        logs.getLogger("dev.onsale.payment.webhook").setLevel(Level.ERROR); // Or else a line for each.
        system = new LocalSystem(
                data,
                PortPlan.parse("0"),
                Map.of("payment.simulator.webhook-secrets", SECRET, "rpc.max-deadline", "60s"));
        endpoints = system.start();
        vertx = Vertx.vertx();
        stripe = startStripe();
        BiFunction<Role, String, String> tokens = (role, account) -> ISSUED.computeIfAbsent(
                role + " " + account, who -> system.tokens().issue(account, Set.of(role), Duration.ofHours(2)));
        int command = endpoints.port(Listener.COMMAND);
        stage = new Stage(tokens, command, endpoints.port(Listener.WAITING_ROOM), endpoints.port(Listener.QUERY));
        Stage.Props props = stage.set(endpoints.eventId());
        Map<String, List<String>> ids = new HashMap<>(props.ids());
        ids.put("payment_id", strings("SELECT id::text FROM payment.payments ORDER BY id"));
        ids.put("venue_id", strings("SELECT id::text FROM venues ORDER BY id"));
        ids.put("seat_map_id", strings("SELECT id::text FROM seat_maps ORDER BY id"));
        scene = new Scene(
                Scene.methods(
                        List.of(
                                command,
                                endpoints.port(Listener.QUERY),
                                endpoints.port(Listener.WAITING_ROOM),
                                endpoints.port(Listener.PAYMENT)),
                        role -> tokens.apply(role, "prober")),
                tokens,
                SigningKey.parse(Files.readString(DataOption.issuer(data).resolve("issuer-key.json"))),
                system.tokens().jwks(),
                ids,
                props.gatedEvent(),
                props.openEvent(),
                props.admission(),
                props.ticketCode(),
                List.of(
                        new Scene.Hook("simulator", endpoints.port(Listener.WEBHOOKS), "Simulator-Signature", SECRET),
                        new Scene.Hook("stripe", stripe.port("http"), "Stripe-Signature", SECRET)),
                Map.of(
                        "http", endpoints.port(Listener.HTTP),
                        "command-management", endpoints.port(Listener.COMMAND_MANAGEMENT),
                        "query-management", endpoints.port(Listener.QUERY_MANAGEMENT),
                        "room-management", endpoints.port(Listener.WAITING_ROOM_MANAGEMENT),
                        "payment-management", endpoints.port(Listener.PAYMENT_MANAGEMENT)));
    }

    /** A second payment adapter, for the webhooks of Stripe; it has a database of its own and nothing to ask Stripe. */
    private static Running startStripe() throws Exception {
        PostgresStore postgres = (PostgresStore) system.stores().store(StoreKind.POSTGRES);
        postgres.createDatabase("stripe");
        PaymentSchema.migrations(
                        postgres.jdbcUrl("stripe"),
                        postgres.owner().user(),
                        postgres.owner().password())
                .run();
        Map<String, String> settings = new HashMap<>();
        settings.put("sql.url", postgres.uri("stripe").toString());
        settings.put("sql.user", postgres.app().user());
        settings.put("sql.password", postgres.app().password());
        settings.put("auth.jwks-file", system.tokens().jwksFile().toString());
        settings.put("payment.port", "0");
        settings.put("payment.http-port", "0");
        settings.put("payment.management-port", "0");
        settings.put("payment.provider.name", "stripe");
        settings.put("payment.stripe.base-url", "http://127.0.0.1:1");
        settings.put("payment.stripe.secret-key", "sk_test_of_the_fuzzer");
        settings.put("payment.stripe.webhook-secrets", SECRET);
        settings.put("payment.sweep.every", "24h");
        return PaymentMain.start(vertx, Config.of(settings)).await(1, TimeUnit.MINUTES);
    }

    @AfterAll
    static void stop() throws Exception {
        if (stage != null) {
            stage.close();
        }
        if (stripe != null) {
            stripe.stop().await(1, TimeUnit.MINUTES);
        }
        if (vertx != null) {
            vertx.close().await(1, TimeUnit.MINUTES);
        }
        system.stop();
    }

    @Test
    void noInputHangsMeetsABugChangesAnythingOrLeavesAnythingBehind() throws Exception {
        System.out.printf("fuzz.seed=%d fuzz.first=%d fuzz.inputs=%d%n", SEED, FIRST, INPUTS);
        try (StoresDigest stores = new StoresDigest(
                connect(PostgresStore.DATABASE), endpoints.redis(), endpoints.elasticsearch(), LEFT_OUT)) {
            // Given
            Fuzzer fuzzer = new Fuzzer(scene, SEED);
            Vitals vitals = new Vitals(List.of(
                    endpoints.port(Listener.COMMAND_MANAGEMENT),
                    endpoints.port(Listener.QUERY_MANAGEMENT),
                    endpoints.port(Listener.WAITING_ROOM_MANAGEMENT),
                    endpoints.port(Listener.PAYMENT_MANAGEMENT)));
            Map<String, String> before = stores.take();
            fuzzer.send(FIRST, FIRST + WARM_UP);
            Vitals.Reading warm = settled(vitals, vitals.read());

            // When
            long began = System.nanoTime();
            fuzzer.send(FIRST + WARM_UP, FIRST + INPUTS);
            long seconds = (System.nanoTime() - began) / 1_000_000_000;

            // Then
            Findings findings = fuzzer.findings();
            Vitals.Reading end = settled(vitals, warm);
            System.out.printf("%s%n%d s; %s -> %s; %d contents%n", findings.table(), seconds, warm, end, before.size());
            List<String> changed = difference(before, stores);
            assertSoftly(softly -> {
                softly.assertThat(findings.faults()).isEmpty();
                softly.assertThat(ERRORS.list).as("errors in the log").isEmpty();
                softly.assertThat(changed).as("what the inputs changed").isEmpty();
                softly.assertThat(forged()).as("traces of forged webhooks").isEmpty();
                softly.assertThat(end.heap() - warm.heap()).as("more heap").isLessThan(MORE_BYTES);
                softly.assertThat(end.direct() - warm.direct())
                        .as("more direct memory")
                        .isLessThan(MORE_BYTES);
                softly.assertThat(end.connections()).as("connections").isLessThanOrEqualTo(warm.connections() + 2);
                softly.assertThat(end.calls()).as("calls under way").isLessThanOrEqualTo(warm.calls() + 2);
                softly.assertThat(findings.unavailable())
                        .as("answers that something is away")
                        .isLessThan(10 + findings.inputs() / 1_000);
                softly.assertThat(findings.handled())
                        .as("inputs that got as far as a handler: too few prove little")
                        .isGreaterThanOrEqualTo(findings.inputs() < MANY ? 0 : findings.inputs() / 12);
                softly.assertThat(findings.invalid())
                        .as("inputs that got as far as the rules of their fields: too few prove little")
                        .isGreaterThanOrEqualTo(findings.inputs() < MANY ? 0 : findings.inputs() / 12);
            });
        }
    }

    /** Connections and calls end a moment after whoever made them is gone. */
    private static Vitals.Reading settled(Vitals vitals, Vitals.Reading before) throws Exception {
        Vitals.Reading now = vitals.read();
        for (int tried = 0;
                tried < SECONDS_TO_SETTLE && (now.connections() > before.connections() || now.calls() > before.calls());
                tried++) {
            Thread.sleep(1_000);
            now = vitals.read();
        }
        return now;
    }

    /** Ids in the inboxes that nobody signed. */
    private static List<String> forged() {
        try {
            return strings("SELECT id FROM payment.webhooks WHERE id LIKE 'forged-%'");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Nothing, perhaps after a moment: what the system does by itself may be under way. */
    private static List<String> difference(Map<String, String> before, StoresDigest stores) throws Exception {
        List<String> differences = differences(before, stores.take());
        for (int tried = 0; tried < SECONDS_TO_SETTLE && !differences.isEmpty(); tried++) {
            Thread.sleep(1_000);
            differences = differences(before, stores.take());
        }
        return differences;
    }

    private static List<String> differences(Map<String, String> before, Map<String, String> after) {
        List<String> differences = new ArrayList<>();
        Map<String, String> all = new HashMap<>(before);
        all.putAll(after);
        all.keySet().stream().sorted().forEach(name -> {
            String was = before.getOrDefault(name, "absent");
            String is = after.getOrDefault(name, "absent");
            if (!was.equals(is)) {
                differences.add(name + ": " + was + " -> " + is);
            }
        });
        return differences;
    }

    private static Connection connect(String database) throws SQLException {
        PostgresStore postgres = (PostgresStore) system.stores().store(StoreKind.POSTGRES);
        return postgres.connect(database, postgres.owner());
    }

    private static List<String> strings(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), endpoints.password());
                var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
