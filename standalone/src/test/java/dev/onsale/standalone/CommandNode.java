package dev.onsale.standalone;

import static org.awaitility.Awaitility.await;

import dev.onsale.command.CommandMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** One more command service on the stores of a running system, in a process of its own that can be killed. */
final class CommandNode implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final int port;
    private final int managementPort;

    private CommandNode(Process process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts one with the settings of the system's own and these; returns when it is ready. Its log is in the folder. */
    static CommandNode start(Path folder, ServiceSettings system, Map<String, String> more) throws IOException {
        PortPlan ports = PortPlan.parse("0");
        Properties settings = new Properties();
        settings.putAll(system.command());
        settings.putAll(more);
        CommandNode node = start(folder, settings, ports.of(Listener.COMMAND), ports.of(Listener.COMMAND_MANAGEMENT));
        boolean ready = false;
        try {
            await().atMost(START_LIMIT)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(node::ready);
            ready = true;
            return node;
        } finally {
            if (!ready) {
                node.close();
            }
        }
    }

    private static CommandNode start(Path folder, Properties settings, int port, int managementPort)
            throws IOException {
        settings.setProperty("command.port", Integer.toString(port));
        settings.setProperty("command.management-port", Integer.toString(managementPort));
        Path file = folder.resolve("node.properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommandMain.class.getName(),
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("node.log").toFile())
                .start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(process::destroyForcibly, "node-shutdown")); // Never outlives us.
        return new CommandNode(process, port, managementPort);
    }

    private boolean ready() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The node ended with " + process.exitValue());
        }
        URI page = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
        return HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                == 200;
    }

    /** Its process, with which it signs the sagas that it owns. */
    long process() {
        return process.pid();
    }

    /** The port of its RPCs. */
    int port() {
        return port;
    }

    AnsweredCalls calls() {
        return AnsweredCalls.ofNode(managementPort);
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The node outlives kill -9");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() {
        kill();
    }
}
