package dev.onsale.tools.bench;

import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The limit of a hold: the same script for two random seats of the same event, sent by {@code redis-benchmark}. Seats that
 * are taken answer sooner than seats that are held, so the more it conflicts the higher the limit: the ratio errs against us.
 */
final class BareScript {
    private static final int MINUTES = 2;

    private final int port;
    private final int clients;

    BareScript(int port, int clients) {
        this.port = port;
        this.clients = clients;
    }

    /** The command that holds two random seats for a random fan: `redis-benchmark` puts numbers in the marked places. */
    private static List<String> call(String eventId) {
        InventoryKeys keys = InventoryKeys.of(UUID.fromString(eventId), InventoryKeys.DEFAULT_SHARDS);
        String sha = Script.load(BareScript.class, "/redis/hold_seats.lua").plainSha();
        List<String> call = new ArrayList<>(List.of("EVALSHA", sha, "7"));
        call.addAll(List.of(
                keys.meta(), keys.seats(), keys.areas(), keys.holds(), keys.expiry(), keys.fans(), keys.changes()));
        String random = "__rand_int__";
        call.addAll(List.of(eventId, "", "bare" + random + random, "bare" + random, "body", "1", "0", random, random));
        return call;
    }

    private static Process start(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new IOException("redis-benchmark is needed for the bare script: install Redis's tools", missing);
        }
    }

    Figure run(String eventId, long calls, int pipeline) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "redis-benchmark",
                "-p",
                String.valueOf(port),
                "-c",
                String.valueOf(pipeline == 1 ? clients : Math.max(1, clients / pipeline)),
                "-n",
                String.valueOf(calls),
                "-P",
                String.valueOf(pipeline),
                "-r",
                "50000",
                "--csv"));
        command.addAll(call(eventId));
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException("redis-benchmark failed: " + output);
        }
        String[] columns = output.lines()
                .filter(line -> line.contains("EVAL"))
                .findFirst()
                .orElseThrow(() -> new IOException("redis-benchmark printed no figures: " + output))
                .replace("\"", "")
                .split(",", -1);
        String name = pipeline == 1 ? "bare_script" : "bare_script_pipelined";
        int last = columns.length - 1; // test, rps, avg, min, p50, p95, p99, max
        return new Figure(
                name,
                Double.parseDouble(columns[last - 6]),
                Double.parseDouble(columns[last - 3]),
                Double.parseDouble(columns[last - 1]),
                calls,
                0,
                0);
    }
}
