package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LocalSystemIT {

    @Test
    void everythingIsReadyWithTheDemoOnSaleAndNothingIsLeftAfterwards(@TempDir Path data) throws Exception {
        // Given
        List<ProcessHandle> others = ProcessHandle.current().children().toList(); // Of other tests.
        LocalSystem system = new LocalSystem(data, PortPlan.parse("0"));

        // When
        Endpoints endpoints = system.start();
        List<ProcessHandle> children = ProcessHandle.current()
                .children()
                .filter(child -> !others.contains(child))
                .flatMap(child -> Stream.concat(Stream.of(child), child.descendants()))
                .toList();

        // Then
        for (Listener listener : List.of(
                Listener.COMMAND_MANAGEMENT,
                Listener.QUERY_MANAGEMENT,
                Listener.WAITING_ROOM_MANAGEMENT,
                Listener.PAYMENT_MANAGEMENT)) {
            assertThat(get(endpoints, listener, "/health/ready").statusCode())
                    .as(listener.label())
                    .isEqualTo(200);
        }
        assertThat(get(endpoints, Listener.HTTP, "/.well-known/jwks.json").body())
                .isEqualTo(system.tokens().jwks());
        assertThat(Endpoints.read(data)).isEqualTo(endpoints);
        assertThat(endpoints.eventId()).isNotEmpty();
        assertThat(deadLetters(data, "list")).contains("0 dead letters");
        assertThat(deadLetters(data, "retry", "--json")).contains("{");

        system.stop();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
        assertThatThrownBy(() -> Endpoints.read(data)).hasMessageContaining("No running `onsale up`");
    }

    private static String deadLetters(Path data, String... options) {
        StringWriter printed = new StringWriter();
        CommandLine command = Standalone.commandLine().setOut(new PrintWriter(printed));
        List<String> arguments = new ArrayList<>(List.of("dead-letters"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--data", data.toString()));
        assertThat(command.execute(arguments.toArray(String[]::new))).isZero();
        return printed.toString();
    }

    private static HttpResponse<String> get(Endpoints endpoints, Listener listener, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + endpoints.port(listener) + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
