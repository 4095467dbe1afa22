package dev.onsale.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.inventory.Choice;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldOutcome;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.HoldRequest;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.embedded.StoreKind;
import dev.onsale.payment.PaymentMain;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.booking.v1.Contact;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Migrations;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.testkit.Findings;
import dev.onsale.testkit.LedgerAudit;
import dev.onsale.testkit.ProviderLedger;
import dev.onsale.testkit.TestStores;
import dev.onsale.testkit.TestTokens;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** All it takes to sell: real stores, a mail server, the real payment adapter, and as many nodes as a test wants. */
public final class BoxOffice implements BeforeAllCallback, AfterAllCallback {
    private static final int SHARDS = 64;
    private static final long SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestStores stores;
    private final TestTokens tokens = TestTokens.create();
    private final Map<String, String> extra = new HashMap<>();
    private @Nullable Open open;
    private @Nullable Running payment;

    private record Open(
            Vertx vertx,
            Path folder,
            int paymentPort,
            Running command,
            Database database,
            Redis redis,
            SeatLedger ledger) {}

    /** An office on stores shared with other classes. */
    public BoxOffice() {
        this(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.MAIL));
    }

    private BoxOffice(TestStores stores) {
        this.stores = stores.migrated(
                "command",
                (url, owner) ->
                        Migrations.of(url, owner.user(), owner.password()).run());
    }

    /** An office on stores of its own, which a test may break. */
    public static BoxOffice exclusive() {
        return new BoxOffice(TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.MAIL));
    }

    /** One more setting of the nodes. */
    public BoxOffice with(String key, String value) {
        extra.put(key, value);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        stores.beforeAll(context);
        Vertx vertx = Vertx.vertx();
        Path folder = Files.createTempDirectory("box-office-");
        Running adapter = openPayment(vertx, folder, 0);
        payment = adapter;
        Config config = config(folder, adapter.grpcPort());
        Running command = CommandMain.start(vertx, config).await(SECONDS, TimeUnit.SECONDS);
        Database database = Database.connect(vertx, SqlConfig.from(config)).await(SECONDS, TimeUnit.SECONDS);
        Redis redis = Redis.connect(vertx, RedisConfig.from(config)).await(SECONDS, TimeUnit.SECONDS);
        SeatLedger ledger = new SeatLedger(redis, SHARDS, lost -> {});
        open = new Open(vertx, folder, adapter.grpcPort(), command, database, redis, ledger);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Open all = open();
        all.command().stop().await(SECONDS, TimeUnit.SECONDS);
        stopPayment();
        all.database().close().await(SECONDS, TimeUnit.SECONDS);
        all.vertx().close().await(SECONDS, TimeUnit.SECONDS);
        stores.afterAll(context);
    }

    private Running openPayment(Vertx vertx, Path folder, int port) throws Exception {
        return PaymentMain.start(vertx, Config.of(paymentSettings(folder, port)))
                .await(SECONDS, TimeUnit.SECONDS);
    }

    /** The payment adapter goes away. */
    public void stopPayment() throws Exception {
        if (payment != null) {
            payment.stop().await(SECONDS, TimeUnit.SECONDS);
            payment = null;
        }
    }

    /** The payment adapter comes back where it was. */
    public void startPayment() throws Exception {
        payment = openPayment(vertx(), open().folder(), open().paymentPort());
    }

    /** The first node stops, and another takes its place. */
    public void restart() throws Exception {
        restart(() -> {});
    }

    /** The same; something happens while no node is there. */
    public void restart(Runnable meanwhile) throws Exception {
        Open old = open();
        old.command().stop().await(SECONDS, TimeUnit.SECONDS);
        meanwhile.run();
        Running next = CommandMain.start(old.vertx(), config()).await(SECONDS, TimeUnit.SECONDS);
        open = new Open(old.vertx(), old.folder(), old.paymentPort(), next, old.database(), old.redis(), old.ledger());
    }

    private Map<String, String> paymentSettings(Path folder, int port) {
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.putAll(tokens.settings());
        settings.putAll(Map.of(
                "payment.port", Integer.toString(port),
                "payment.management-port", "0",
                "payment.http-port", "0",
                "rpc.instances", "1",
                "sql.acquire-timeout", "20s",
                "payment.simulator.ledger", folder.resolve("ledger.jsonl").toString()));
        extra.forEach((key, value) -> {
            if (key.startsWith("payment.") || key.startsWith("service.")) {
                settings.put(key, value);
            }
        });
        return settings;
    }

    private Config config(Path folder, int paymentPort) {
        return Config.of(settings(folder, paymentPort));
    }

    private Map<String, String> settings(Path folder, int paymentPort) {
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.putAll(tokens.settings());
        settings.remove("sql.owner-user");
        settings.putAll(Map.of(
                "command.port", "0",
                "command.management-port", "0",
                "rpc.instances", "1",
                "sql.acquire-timeout", "20s",
                "sql.statement-timeout", "20s",
                "sql.transaction-timeout", "30s",
                "sql.lock-timeout", "10s"));
        settings.put(
                "auth.issuer-directory", tokens.jwksFile().resolveSibling(".").toString());
        settings.put("payment.host", "127.0.0.1");
        settings.put("payment.port", Integer.toString(paymentPort));
        settings.put("ticket.key-file", folder.resolve("ticket-keys.json").toString());
        settings.put("partner.key-file", folder.resolve("partner-keys.json").toString());
        settings.put("partner.webhooks.allow-loopback", "true");
        settings.put("presale.pepper-file", folder.resolve("presale-pepper").toString());
        settings.put("mail.host", stores.mail().uri().getHost());
        settings.put("mail.port", Integer.toString(stores.mail().uri().getPort()));
        settings.putAll(extra);
        return settings;
    }

    /** What a node is told, to start one more in a process of its own. */
    public Map<String, String> settings() {
        return settings(open().folder(), open().paymentPort());
    }

    /** Where the ticket keys, the provider's ledger and whatever a test adds are. */
    public Path folder() {
        return open().folder();
    }

    /** A client of the payment adapter, as the services use it. */
    public Calls payment() {
        return new Calls(vertx(), open().paymentPort(), tokens.of(Role.SERVICE, "command"));
    }

    /** What a node is told, to start one more. */
    public Config config() {
        return config(open().folder(), open().paymentPort());
    }

    private Open open() {
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    /** The stores behind it. */
    public TestStores stores() {
        return stores;
    }

    /** The Vert.x of the test. */
    public Vertx vertx() {
        return open().vertx();
    }

    /** A pool of the test's own. */
    public Database database() {
        return open().database();
    }

    /** A connection of the test's own to Redis. */
    public Redis redis() {
        return open().redis();
    }

    /** The holds. */
    public SeatLedger ledger() {
        return open().ledger();
    }

    /** A client of the first node. */
    public Calls as(Role role, String account) {
        return new Calls(vertx(), open().command().grpcPort(), tokens.of(role, account));
    }

    /** A client of another node. */
    public Calls at(int port, Role role, String account) {
        return new Calls(vertx(), port, tokens.of(role, account));
    }

    /** Whose tokens all services here believe. */
    public TestTokens tokens() {
        return tokens;
    }

    /** Where the first node listens. */
    public int port() {
        return open().command().grpcPort();
    }

    /** A token of this role. */
    public String token(Role role, String account) {
        return tokens.of(role, account);
    }

    /** A client with this token; an empty one: with none. */
    public Calls withToken(String token) {
        return new Calls(vertx(), open().command().grpcPort(), token);
    }

    /** A fan's client. */
    public Calls fan(String account) {
        return as(Role.FAN, account);
    }

    /** An event on sale: three rows of ten seats (ordinals 0 to 9, 11 to 20, 22 to 31) and a floor for 50; limit 8. */
    public UUID event() {
        return event(UnaryOperator.identity());
    }

    /** The same with a change. */
    public UUID event(UnaryOperator<CreateEventRequest.Builder> change) {
        Shows shows = new Shows(as(Role.OPERATOR, "olga"));
        return UUID.fromString(shows.open(shows.draft(change)).getEventId());
    }

    /** Changes rows behind the service's back. */
    public void sql(String statement, Object... values) {
        await(database().pool().preparedQuery(statement).execute(Tuple.wrap(values)));
    }

    /** The first column of the first row, as text. */
    public String text(String query, Object... values) {
        return String.valueOf(await(database().pool().preparedQuery(query).execute(Tuple.wrap(values)))
                .iterator()
                .next()
                .getValue(0));
    }

    /** The first column of the first row, a number. */
    public long count(String query, Object... values) {
        return Long.parseLong(text(query, values));
    }

    /** A hold of these seats. */
    public HoldRecord hold(UUID eventId, String account, Integer... ordinals) {
        return hold(eventId, account, new Choice.Seats(List.of(ordinals)));
    }

    /** A hold. */
    public HoldRecord hold(UUID eventId, String account, Choice choice) {
        HoldId id = HoldId.of(eventId, account, UUID.randomUUID().toString());
        HoldOutcome outcome = await(ledger().hold(new HoldRequest(id, account, "body", 1, false, null), choice));
        if (outcome instanceof HoldOutcome.Held held) {
            return held.hold();
        }
        throw new AssertionError("not held: " + outcome);
    }

    /** The request to check out a hold. */
    public static CreateBookingRequest checkout(HoldRecord hold, String token) {
        return CreateBookingRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setHoldId(hold.id().value())
                .setFence(hold.fence())
                .setPaymentToken(token)
                .setContact(Contact.newBuilder().setName("Ada Ünal").setEmail(hold.account() + "@example.org"))
                .build();
    }

    /** Checks out a hold. */
    public Booking book(HoldRecord hold, String token) {
        return fan(hold.account())
                .call(BookingServiceGrpcClient.CreateBooking, checkout(hold, token))
                .getBooking();
    }

    /** Checks out a hold, by a buyer to whom equal seats would do. */
    public Booking bookThoseOrEqual(HoldRecord hold, String token) {
        CreateBookingRequest request =
                checkout(hold, token).toBuilder().setAcceptEqualSeats(true).build();
        return fan(hold.account())
                .call(BookingServiceGrpcClient.CreateBooking, request)
                .getBooking();
    }

    /** The booking as its buyer sees it. */
    public Booking booking(String account, String bookingId) {
        GetBookingRequest request =
                GetBookingRequest.newBuilder().setBookingId(bookingId).build();
        return fan(account).call(BookingServiceGrpcClient.GetBooking, request).getBooking();
    }

    /** The booking once its checkout has ended: with tickets, or cancelled. */
    public Booking settled(Booking booking) {
        String account = booking.getContact().getEmail().replace("@example.org", "");
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> booking(account, booking.getBookingId()),
                        now -> now.getStatus() == BookingStatus.BOOKING_STATUS_CANCELLED || now.getTicketsIssued());
    }

    /** Waits until the last saga of an event has sent its mail; then an audit must find nothing. */
    public void auditedClean(UUID eventId) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(audit(eventId).details()).isEmpty());
    }

    /** What the provider says. */
    public ProviderLedger provider() throws Exception {
        if (payment == null) {
            throw new IllegalStateException("the payment adapter is stopped");
        }
        return ProviderLedger.fetch(URI.create("http://127.0.0.1:" + payment.port("management") + "/simulator/ledger"));
    }

    /** What the first node shows of itself. */
    public String metrics() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + open().command().port("management") + "/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /** The provider's ledger, line by line. */
    public List<String> ledgerLines() throws Exception {
        return Files.readAllLines(open().folder().resolve("ledger.jsonl"));
    }

    /** The payments of an event's bookings. */
    public List<UUID> payments(UUID eventId) {
        List<UUID> payments = new ArrayList<>();
        await(database()
                        .pool()
                        .preparedQuery("SELECT payment_id FROM bookings WHERE event_id = $1")
                        .execute(Tuple.of(eventId)))
                .forEach(row -> payments.add(row.getUUID("payment_id")));
        return payments;
    }

    /** What the provider has of an event's buyers, by its own ledger, in minor units. */
    public long taken(UUID eventId) throws Exception {
        Map<UUID, ProviderLedger.Standing> provider = provider().payments();
        return payments(eventId).stream()
                .map(provider::get)
                .filter(Objects::nonNull)
                .mapToLong(ProviderLedger.Standing::taken)
                .sum();
    }

    /** What an audit of the event finds wrong. */
    public Findings audit(UUID eventId) throws Exception {
        try (Connection connection = stores.connect(stores.postgres().owner())) {
            return new LedgerAudit(connection, provider()).audit(eventId);
        }
    }

    /** Waits for it. */
    public static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.await(SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
