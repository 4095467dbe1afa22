package dev.onsale.standalone;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;

/**
 * Where a running {@code up} can be reached. It lies in the data folder as {@code endpoints.properties} from the moment
 * everything is ready until it stops.
 *
 * @param ports what listens where, on 127.0.0.1
 * @param jdbcUrl PostgreSQL, for audits
 * @param user the role for audits
 * @param password its password
 * @param redis {@code redis://host:port}
 * @param elasticsearch {@code http://host:port}
 * @param eventId the demo show
 * @param process the process id of the {@code up}
 */
public record Endpoints(
        Map<Listener, Integer> ports,
        String jdbcUrl,
        String user,
        String password,
        String redis,
        String elasticsearch,
        String eventId,
        long process) {

    private static final String FILE = "endpoints.properties";

    /** What the {@code up} on this data folder wrote; fails in plain words if none is running. */
    public static Endpoints read(Path data) {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            throw new CannotRun("No running `onsale up` on the data in " + data + ": start one, or name its --data");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
        long process = Long.parseLong(properties.getProperty("process"));
        if (ProcessHandle.of(process).isEmpty()) {
            throw new CannotRun("The `onsale up` on the data in " + data + " has ended: start it again");
        }
        Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
        Arrays.stream(Listener.values())
                .forEach(listener -> ports.put(listener, Integer.valueOf(properties.getProperty(listener.label()))));
        return new Endpoints(
                Map.copyOf(ports),
                properties.getProperty("jdbc-url"),
                properties.getProperty("sql-user"),
                properties.getProperty("sql-password"),
                properties.getProperty("redis-url"),
                properties.getProperty("elasticsearch-url"),
                properties.getProperty("event-id"),
                process);
    }

    /** Whether an {@code up} runs on this data folder. */
    static boolean running(Path data) {
        if (!Files.exists(data.resolve(FILE))) {
            return false;
        }
        try {
            read(data);
            return true;
        } catch (CannotRun ended) {
            return false;
        }
    }

    /** The port of one listener on 127.0.0.1. */
    public int port(Listener listener) {
        Integer port = ports.get(listener);
        if (port == null) {
            throw new IllegalArgumentException("No port for " + listener);
        }
        return port;
    }

    void write(Path data) {
        Properties properties = new Properties();
        ports.forEach((listener, port) -> properties.setProperty(listener.label(), port.toString()));
        properties.setProperty("jdbc-url", jdbcUrl);
        properties.setProperty("sql-user", user);
        properties.setProperty("sql-password", password);
        properties.setProperty("redis-url", redis);
        properties.setProperty("elasticsearch-url", elasticsearch);
        properties.setProperty("event-id", eventId);
        properties.setProperty("process", Long.toString(process));
        try (Writer writer = Files.newBufferedWriter(data.resolve(FILE))) {
            properties.store(writer, "Where the running `onsale up` can be reached");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path data) {
        try {
            Files.deleteIfExists(data.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
