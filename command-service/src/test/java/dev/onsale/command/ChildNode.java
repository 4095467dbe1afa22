package dev.onsale.command;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A command service in a process of its own, on the stores of an office, that can be killed. */
public final class ChildNode implements AutoCloseable {
    private final Process process;

    private ChildNode(Process process) {
        this.process = process;
    }

    /** Starts one with the office's settings and these; its log is in the office's folder. Does not wait. */
    public static ChildNode start(BoxOffice office, String name, Map<String, String> more) throws IOException {
        Properties settings = new Properties();
        settings.putAll(office.settings());
        settings.putAll(more);
        Path file = office.folder().resolve(name + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommandMain.class.getName(),
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(office.folder().resolve(name + ".log").toFile())
                .start();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(process::destroyForcibly, "child-shutdown")); // Never outlives us.
        return new ChildNode(process);
    }

    /** Its process, with which it signs the sagas that it owns. */
    public long process() {
        return process.pid();
    }

    /** Whether it has not ended by itself. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The node outlives kill -9");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
