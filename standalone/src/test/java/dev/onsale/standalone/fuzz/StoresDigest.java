package dev.onsale.standalone.fuzz;

import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.RedisConfig;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The contents of all stores in a few words for each table, key and document: the same words, the same contents. */
public final class StoresDigest implements AutoCloseable {

    private static final int MOST_DOCUMENTS = 5_000;

    private final Vertx vertx = Vertx.vertx();
    private final Connection postgres;
    private final Redis redis;
    private final URI elasticsearch;
    private final Pattern leftOut;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Looks into these stores; what the pattern finds in the name of a table or key may change by itself. */
    public StoresDigest(Connection postgres, String redis, String elasticsearch, Pattern leftOut) {
        this.postgres = postgres;
        Duration second = Duration.ofSeconds(1);
        this.redis = Redis.connect(
                        vertx, new RedisConfig(URI.create(redis), 10_000, Duration.ofSeconds(30), second, second))
                .await();
        this.elasticsearch = URI.create(elasticsearch);
        this.leftOut = leftOut;
    }

    /** What is in them now. */
    public Map<String, String> take() throws Exception {
        Map<String, String> contents = new TreeMap<>();
        ofPostgres(contents);
        ofRedis(contents);
        ofElasticsearch(contents);
        contents.keySet().removeIf(name -> leftOut.matcher(name).find());
        return contents;
    }

    private void ofPostgres(Map<String, String> contents) throws SQLException {
        for (String table : tables()) {
            try (Statement sql = postgres.createStatement();
                    ResultSet row = sql.executeQuery("SELECT count(*) || ' rows ' || coalesce(md5(string_agg("
                            + "md5(t::text), '' ORDER BY md5(t::text))), '') FROM " + table + " AS t")) {
                row.next();
                contents.put("postgresql " + table, row.getString(1));
            }
        }
    }

    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement sql = postgres.createStatement();
                ResultSet rows = sql.executeQuery("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                        + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    private void ofRedis(Map<String, String> contents) {
        String cursor = "0";
        do {
            Response page = answer(Command.SCAN, cursor, "COUNT", "1000");
            cursor = page.get(0).toString();
            for (Response key : page.get(1)) {
                Response dump = redis.send(Command.DUMP, key.toString()).await();
                contents.put("redis " + key, dump == null ? "gone" : sum(dump.toBytes()));
            }
        } while (!cursor.equals("0"));
    }

    private static String sum(byte[] bytes) {
        java.util.zip.CRC32C sum = new java.util.zip.CRC32C();
        sum.update(bytes);
        return bytes.length + " bytes " + Long.toHexString(sum.getValue());
    }

    private Response answer(Command command, String... arguments) {
        Response response = redis.send(command, arguments).await();
        if (response == null) {
            throw new AssertionError("No answer to " + command);
        }
        return response;
    }

    private void ofElasticsearch(Map<String, String> contents) throws IOException, InterruptedException {
        get("/_refresh");
        JsonArray hits = new JsonObject(get("/_all/_search?version=true&size=" + MOST_DOCUMENTS))
                .getJsonObject("hits")
                .getJsonArray("hits");
        for (Object each : hits) {
            JsonObject hit = (JsonObject) each;
            contents.put(
                    "elasticsearch " + hit.getString("_index") + " " + hit.getString("_id"),
                    "version " + hit.getLong("_version") + " "
                            + sum(hit.encode().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(elasticsearch.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() throws SQLException {
        postgres.close();
        redis.close().await();
        vertx.close().await();
        http.close();
    }
}
