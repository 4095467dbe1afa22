package dev.onsale.query;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A node of the read side in a process of its own, which can be killed and frozen. It never outlives the tests. */
final class ChildNode implements AutoCloseable {
    private final Process process;

    private ChildNode(Process process) {
        this.process = process;
    }

    /** Starts one beside another, with its settings. Does not wait. */
    static ChildNode start(ReadSide beside, Path folder, String name) throws IOException {
        Map<String, String> settings = new HashMap<>(beside.settings());
        settings.put("query.node", name);
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = folder.resolve(name + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        QueryMain.class.getName(),
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, name + "-shutdown"));
        return new ChildNode(process);
    }

    /** Freezes it as it is: its connections stay open, and it does nothing. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets a frozen one go on. */
    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String which) throws IOException, InterruptedException {
        int ended = new ProcessBuilder("kill", which, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (ended != 0) {
            throw new IllegalStateException("kill " + which + " ended with " + ended);
        }
    }

    /** Ends it as `kill -9` does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The node outlives kill -9");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
