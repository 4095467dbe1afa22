package dev.onsale.tools.bench;

import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Script;
import dev.onsale.waitingroom.line.LineKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The limit of a service: the same script sent by {@code redis-benchmark}, which does nothing else. It puts random numbers
 * in the marked places of the call.
 */
final class BareScript {
    private static final String RANDOM = "__rand_int__";
    private static final int MINUTES = 2;

    private final int port;
    private final int clients;

    BareScript(int port, int clients) {
        this.port = port;
        this.clients = clients;
    }

    /**
     * A script and what it is called with.
     *
     * @param name of its figure
     * @param numbers random numbers are below this
     * @param words as {@code redis-benchmark} takes them
     */
    record Call(String name, int numbers, List<String> words) {

        /**
         * Holds two random seats of the event for a random fan. Seats that are taken answer sooner than seats that are held,
         * so the more it conflicts the higher the limit: the ratio errs against us.
         */
        static Call hold(String eventId) {
            InventoryKeys keys = InventoryKeys.of(UUID.fromString(eventId), InventoryKeys.DEFAULT_SHARDS);
            List<String> words = evalsha(
                    "/redis/hold_seats.lua",
                    List.of(
                            keys.meta(),
                            keys.seats(),
                            keys.areas(),
                            keys.holds(),
                            keys.expiry(),
                            keys.fans(),
                            keys.changes(),
                            keys.presales()));
            words.addAll(List.of(
                    eventId, "", "bare" + RANDOM + RANDOM, "bare" + RANDOM, "body", "1", "0", "", "", RANDOM, RANDOM));
            return new Call("bare_script", 50_000, words);
        }

        /** Joins a random account, one a call, to the event's room; it has as many buckets as those the service writes to. */
        static Call join(String eventId, int capacity) {
            LineKeys line = LineKeys.of(UUID.fromString(eventId), InventoryKeys.DEFAULT_SHARDS);
            List<String> keys = new ArrayList<>(line.common());
            keys.add(line.bucket(RANDOM));
            List<String> words = evalsha("/redis/line/join.lua", keys);
            words.addAll(List.of("0", "0000" + RANDOM, "0"));
            return new Call("bare_join", LineKeys.buckets(capacity), words);
        }

        private static List<String> evalsha(String script, List<String> keys) {
            List<String> words = new ArrayList<>();
            words.add("EVALSHA");
            words.add(Script.load(BareScript.class, script).plainSha());
            words.add(String.valueOf(keys.size()));
            words.addAll(keys);
            return words;
        }
    }

    /** Unpipelined, and with 16 calls a round trip. */
    List<Figure> runBoth(Call call, long calls) throws IOException, InterruptedException {
        return List.of(run(call, calls, 1), run(call, calls * 16, 16));
    }

    private Figure run(Call call, long calls, int pipeline) throws IOException, InterruptedException {
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
                String.valueOf(call.numbers()),
                "--csv"));
        command.addAll(call.words());
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
        int last = columns.length - 1; // test, rps, avg, min, p50, p95, p99, max
        return new Figure(
                pipeline == 1 ? call.name() : call.name() + "_pipelined",
                Double.parseDouble(columns[last - 6]),
                Double.parseDouble(columns[last - 3]),
                Double.parseDouble(columns[last - 1]),
                Double.NaN,
                calls,
                0,
                0);
    }

    private static Process start(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException missing) {
            throw new IOException("redis-benchmark is needed for the bare script: install Redis's tools", missing);
        }
    }
}
