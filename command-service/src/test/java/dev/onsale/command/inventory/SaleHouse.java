package dev.onsale.command.inventory;

import dev.onsale.command.catalog.CatalogConfig;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.seatmap.SeatMapParse;
import dev.onsale.command.catalog.seatmap.SeatMapReader;
import dev.onsale.command.catalog.seatmap.SeatPlan;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Migrations;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A hall on sale on real stores. Section A (tier GOLD): row 1 has 10 seats, 3 accessible and 4 companion; row 2 has 10.
 * Section B (tier SILVER): row 1 has 6. Area FLOOR (tier STANDING): 20 places. Limit 6 a fan.
 */
public final class SaleHouse implements AutoCloseable {
    public static final int SHARDS = 8;

    private static final String MAP = """
            {"format":"onsale-seat-map/1","name":"Hall","sections":[
            {"code":"A","name":"A","rows":[{"code":"1","runs":[{"first_number":1,"count":10,"x":0,"y":0,"dx":5,"dy":0}],
            "accessible":[3],"companion":[4]},{"code":"2","runs":[{"first_number":1,"count":10,"x":0,"y":9,"dx":5,"dy":0}]}]},
            {"code":"B","name":"B","rows":[{"code":"1","runs":[{"first_number":1,"count":6,"x":0,"y":20,"dx":5,"dy":0}]}]}],
            "areas":[{"code":"FLOOR","name":"Floor","capacity":20}]}
            """;

    public final Vertx vertx = Vertx.vertx();
    public final Database database;
    public final Redis redis;
    public final EventCatalog catalog;
    public final InventoryRebuild rebuild;
    public final SeatLedger ledger;
    public final DurableHolds durable;
    public final SeatPlan plan = plan();
    private final TestStores stores;

    /** Connects to stores that were made by {@link #stores}. */
    public SaleHouse(TestStores stores) {
        this.stores = stores;
        var app = stores.postgres().app();
        var config = Config.of(Map.of(
                "redis.url",
                stores.redisUri().toString(),
                "sql.url",
                stores.postgresUri().toString(),
                "sql.user",
                app.user(),
                "sql.password",
                app.password(),
                "sql.acquire-timeout",
                "20s",
                "sql.max-waiting",
                "5000",
                "catalog.max-age",
                "50ms",
                "redis.reply-timeout",
                "20s"));
        database = await(Database.connect(vertx, SqlConfig.from(config)));
        redis = await(Redis.connect(vertx, RedisConfig.from(config)));
        catalog = new EventCatalog(vertx, database, CatalogConfig.from(config));
        rebuild = new InventoryRebuild(database, redis, SHARDS);
        ledger = new SeatLedger(redis, SHARDS, rebuild::lost);
        durable = new DurableHolds(database);
    }

    /** Brings a test database up to date. */
    public static void migrate(String jdbcUrl, dev.onsale.embedded.Login owner) {
        Migrations.of(jdbcUrl, owner.user(), owner.password()).run();
    }

    private static SeatPlan plan() {
        return switch (SeatMapReader.read(MAP.getBytes(StandardCharsets.UTF_8))) {
            case SeatMapParse.Good good -> SeatPlan.of(good.map());
            case SeatMapParse.Bad bad -> throw new AssertionError(bad.faults());
        };
    }

    /** An event on sale since an hour ago, not loaded into Redis yet. */
    public UUID event(String lockingMode, String ttl) {
        return event(lockingMode, ttl, "on_sale", "now() - interval '1 hour'");
    }

    /** An event. */
    public UUID event(String lockingMode, String ttl, String status, String start) {
        var venue = id("INSERT INTO venues (name, address, city, country, time_zone, latitude, longitude) VALUES"
                + " ('V', 'a', 'c', 'DE', 'Europe/Berlin', 0, 0) RETURNING id");
        var map = id("INSERT INTO seat_maps (venue_id, name, version, layout, content_hash, seat_count, area_capacity)"
                + " VALUES ('" + venue + "', 'Hall', 1, '" + MAP + "', 'h', 26, 20) RETURNING id");
        var event = id("INSERT INTO events (name, venue_id, seat_map_id, event_date, sale_start, sale_end, status,"
                + " locking_mode, hold_ttl_ms, hold_hard_max_ms, ticket_limit, capacity, seat_codes) VALUES ('E', '"
                + venue
                + "', '" + map + "', now() + interval '9 days', " + start + ", now() + interval '8 days', '" + status
                + "', '" + lockingMode + "', " + ttl + ", 900000, 6, 46, " + plan.ordinals() + ") RETURNING id");
        for (var tier : List.of("GOLD", "SILVER", "STANDING")) {
            var id = id("INSERT INTO price_tiers (event_id, code, name) VALUES ('" + event + "', '" + tier + "', 't')"
                    + " RETURNING id");
            sql("INSERT INTO prices VALUES ('" + event + "', 1, '" + id + "', 'EUR', 4000, 400, 100)");
            if (tier.equals("STANDING")) {
                sql("INSERT INTO areas (event_id, area_id, area_index, name, price_tier_id, capacity) VALUES ('" + event
                        + "', 'FLOOR', 0, 'Floor', '" + id + "', 20)");
            }
        }
        for (int i = 0; i < plan.ordinals(); i++) {
            if (plan.isSeat(i)) {
                var seat = plan.place(i);
                sql("INSERT INTO seats (event_id, section, row, number, ordinal, kind, price_tier_id) SELECT '" + event
                        + "', '" + seat.section() + "', '" + seat.row() + "', " + seat.number() + ", " + i + ", "
                        + seat.kind() + ", id FROM price_tiers WHERE event_id = '" + event + "' AND code = '"
                        + (seat.section().equals("A") ? "GOLD" : "SILVER") + "'");
            }
        }
        return event;
    }

    /** Ordinal of a seat. */
    public int ordinal(String seatId) {
        return plan.ordinal(seatId).orElseThrow();
    }

    /** Books some seats of a hold in PostgreSQL, as a checkout would. */
    public void book(HoldRecord hold, boolean sold) {
        var event = hold.id().eventId();
        var booking = id("INSERT INTO bookings (reference, user_id, event_id, hold_id, fence, total_amount, currency,"
                + " price_version, payment_token, contact_name, contact_email, tickets_issued, status) VALUES ('"
                + UUID.randomUUID() + "', '" + hold.account() + "', '" + event + "', '" + hold.id() + "', "
                + hold.fence()
                + ", 1, 'EUR', 1, 't', 'n', 'e', " + sold + ", '" + (sold ? "confirmed" : "pending")
                + "') RETURNING id");
        int item = 0;
        for (int ordinal : hold.places().ordinals()) {
            sql(
                    "INSERT INTO booking_items (booking_id, item_no, event_id, seat_id, price_tier_id, price, claimed) SELECT '"
                            + booking + "', " + item++
                            + ", event_id, id, price_tier_id, 1, true FROM seats WHERE event_id = '"
                            + event + "' AND ordinal = " + ordinal);
            sql("UPDATE seats SET status = '" + (sold ? "sold" : "reserved") + "' WHERE event_id = '" + event
                    + "' AND ordinal = " + ordinal);
        }
        for (int i = 0; i < hold.places().areas().getOrDefault(0, 0); i++) {
            sql(
                    "INSERT INTO booking_items (booking_id, item_no, event_id, area_id, price_tier_id, price, claimed) SELECT '"
                            + booking + "', " + item++
                            + ", event_id, area_id, price_tier_id, 1, true FROM areas WHERE event_id = '"
                            + event + "'");
            sql("UPDATE areas SET " + (sold ? "sold = sold + 1" : "reserved = reserved + 1") + " WHERE event_id = '"
                    + event + "'");
        }
    }

    /** Runs a statement as the owner. */
    public void sql(String statement) {
        try (Connection connection = stores.connect(stores.postgres().owner());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(statement, e);
        }
    }

    private UUID id(String statement) {
        return UUID.fromString(text(statement));
    }

    /** The first column of the first row. */
    public String text(String query) {
        try (Connection connection = stores.connect(stores.postgres().owner());
                var sql = connection.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    /** Waits for it. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(redis.close());
        await(database.close());
        await(vertx.close());
    }
}
