package dev.onsale.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How many calls a command node has answered, as its metrics say.
 *
 * @param counts by RPC and status: {@code CreateHold OK}
 */
record AnsweredCalls(Map<String, Long> counts) {
    private static final Pattern SERIES =
            Pattern.compile("(?m)^onsale_rpc_requests_total\\{code=\"(\\w+)\",method=\"[^\"]*?(\\w+)\".*} (\\S+)$");

    /** What the node whose metrics are on this port has answered since its start. */
    static AnsweredCalls ofNode(int managementPort) {
        URI page = URI.create("http://127.0.0.1:" + managementPort + "/metrics");
        Map<String, Long> counts = new HashMap<>();
        SERIES.matcher(get(page))
                .results()
                .forEach(series -> counts.merge(series.group(2) + " " + series.group(1), value(series), Long::sum));
        return new AnsweredCalls(counts);
    }

    private static long value(MatchResult series) {
        return (long) Double.parseDouble(series.group(3));
    }

    private static String get(URI page) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Calls of this RPC that succeeded. */
    long ok(String rpc) {
        return counts.getOrDefault(rpc + " OK", 0L);
    }

    /** Calls of this RPC that were told to come again. */
    long unavailable(String rpc) {
        return counts.getOrDefault(rpc + " UNAVAILABLE", 0L);
    }

    /** Those answered since then. */
    AnsweredCalls since(AnsweredCalls then) {
        Map<String, Long> difference = new HashMap<>(counts);
        then.counts.forEach((call, count) -> difference.merge(call, -count, Long::sum));
        return new AnsweredCalls(difference);
    }
}
