package dev.onsale.tools.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Waits until the system has nothing left to do: the mails of earlier bookings take longer than the bookings. */
final class Quiet {
    private static final String SAGAS = "onsale_saga_running{";
    private static final Duration PAUSE = Duration.ofSeconds(6); // Sagas are counted every five seconds.
    private static final int MOST_LOOKS = 20;

    private final URI metrics;
    private final HttpClient http = HttpClient.newHttpClient();

    Quiet(String management) {
        this.metrics = URI.create("http://" + management + "/metrics");
    }

    /** Returns when no saga is under way, or after two minutes. */
    void await() throws IOException, InterruptedException {
        Thread.sleep(PAUSE);
        for (int look = 0; look < MOST_LOOKS && busy(); look++) {
            Thread.sleep(PAUSE);
        }
    }

    private boolean busy() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(metrics).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .anyMatch(line -> line.startsWith(SAGAS));
    }
}
