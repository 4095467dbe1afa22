package dev.onsale.standalone;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Looks for a word in every row, key and document of a running system, by the stores' own means. */
final class Canaries implements AutoCloseable {
    private static final int MOST_DOCUMENTS = 5_000;

    private final Vertx vertx = Vertx.vertx();
    private final Connection postgres;
    private final Redis redis;
    private final URI elasticsearch;
    private final HttpClient http = HttpClient.newHttpClient();

    Canaries(Endpoints endpoints) throws SQLException {
        this.postgres = DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), endpoints.password());
        Duration second = Duration.ofSeconds(1);
        RedisConfig config =
                new RedisConfig(URI.create(endpoints.redis()), 10_000, Duration.ofSeconds(10), second, second);
        this.redis = Redis.connect(vertx, config).await();
        this.elasticsearch = URI.create(endpoints.elasticsearch());
    }

    /** Where the word is, e.g. {@code postgresql public.bookings}. */
    List<String> found(String word) throws Exception {
        List<String> places = new ArrayList<>();
        inPostgres(word, places);
        inRedis(word, places);
        inElasticsearch(word, places);
        return places;
    }

    private void inPostgres(String word, List<String> places) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement sql = postgres.createStatement();
                ResultSet rows =
                        sql.executeQuery("SELECT format('%I.%I', schemaname, tablename), schemaname || '.' || tablename"
                                + " FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        for (String table : tables) {
            String query = "SELECT count(*) FROM " + table + " AS t WHERE t::text LIKE '%' || ? || '%'";
            if (number(query, word) > 0) {
                places.add("postgresql " + table);
            }
        }
    }

    private long number(String query, String value) throws SQLException {
        try (PreparedStatement sql = postgres.prepareStatement(query)) {
            sql.setString(1, value);
            try (ResultSet rows = sql.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void inRedis(String word, List<String> places) {
        String cursor = "0";
        do {
            Response page = answer(Command.SCAN, cursor, "COUNT", "1000");
            cursor = page.get(0).toString();
            for (Response key : page.get(1)) {
                String name = key.toString();
                if (name.contains(word) || content(name).contains(word)) {
                    places.add("redis " + name);
                }
            }
        } while (!cursor.equals("0"));
    }

    private String content(String key) {
        @Nullable Response content = switch (answer(Command.TYPE, key).toString()) {
            case "string" -> redis.send(Command.GET, key).await();
            case "hash" -> redis.send(Command.HGETALL, key).await();
            case "zset" -> redis.send(Command.ZRANGE, key, "0", "-1").await();
            case "set" -> redis.send(Command.SMEMBERS, key).await();
            case "list" -> redis.send(Command.LRANGE, key, "0", "-1").await();
            case "stream" -> redis.send(Command.XRANGE, key, "-", "+").await();
            default -> null;
        };
        return String.valueOf(content);
    }

    private Response answer(Command command, String... arguments) {
        Response response = redis.send(command, arguments).await();
        if (response == null) {
            throw new AssertionError("No answer to " + command);
        }
        return response;
    }

    private void inElasticsearch(String word, List<String> places) throws Exception {
        get("/_refresh");
        JsonObject answer = new JsonObject(get("/_all/_search?size=" + MOST_DOCUMENTS));
        TreeSet<String> indexes = new TreeSet<>();
        answer.getJsonObject("hits").getJsonArray("hits").forEach(each -> {
            JsonObject hit = (JsonObject) each;
            if (hit.encode().contains(word)) {
                indexes.add(hit.getString("_index").replaceAll("-.*", ""));
            }
        });
        indexes.forEach(index -> places.add("elasticsearch " + index));
    }

    private String get(String path) throws Exception {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(elasticsearch.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.body());
        }
        return response.body();
    }

    /** How many bookings an account has. */
    long bookings(String account) throws SQLException {
        return number("SELECT count(*) FROM bookings WHERE user_id = ?", account);
    }

    @Override
    public void close() throws SQLException {
        postgres.close();
        redis.close().await();
        vertx.close().await();
    }
}
