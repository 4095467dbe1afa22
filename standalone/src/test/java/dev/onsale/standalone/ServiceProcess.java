package dev.onsale.standalone;

import static org.awaitility.Awaitility.await;

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

/** A service in a process of its own, which can be killed and frozen. It never outlives the tests. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final int managementPort;

    private ServiceProcess(Process process, int managementPort) {
        this.process = process;
        this.managementPort = managementPort;
    }

    /**
     * Starts one. Its settings and its log are in the folder.
     *
     * @param name of the files
     * @param main the class that `java -jar` of the service would start
     * @param managementPort as it is in the settings
     */
    public static ServiceProcess start(
            Path folder, String name, Class<?> main, Map<String, String> settings, int managementPort)
            throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve(name + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, name + "-shutdown"));
        return new ServiceProcess(process, managementPort);
    }

    /** Waits until it is ready; if it does not get there, it is killed. */
    public ServiceProcess ready() {
        boolean ready = false;
        try {
            await().atMost(START_LIMIT)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(this::answers);
            ready = true;
            return this;
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    private boolean answers() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("The service ended with " + process.exitValue());
        }
        URI page = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        }
    }

    /** The id of its process. */
    public long pid() {
        return process.pid();
    }

    /** Freezes it as it is: its connections stay open, and it does nothing. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets a frozen one go on. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String which) {
        try {
            Process sent = new ProcessBuilder("kill", which, Long.toString(process.pid())).start();
            if (sent.waitFor() != 0) {
                throw new IllegalStateException("kill " + which + " ended with " + sent.exitValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The service outlives kill -9");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static UncheckedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UncheckedIOException(new IOException(e));
    }

    @Override
    public void close() {
        kill();
    }
}
