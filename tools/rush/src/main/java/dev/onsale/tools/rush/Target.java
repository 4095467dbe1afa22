package dev.onsale.tools.rush;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Where a running system can be reached, as its {@code up} wrote it into the data folder.
 *
 * @param commandPort gRPC of the command service
 * @param queryPort gRPC of the query service
 * @param waitingRoomPort gRPC of the waiting room
 * @param ledger the payment simulator's ledger
 * @param jdbcUrl PostgreSQL
 * @param user a role that may read everything
 * @param password its password
 * @param redis {@code redis://host:port}
 * @param issuer the folder with the embedded issuer's key
 */
record Target(
        int commandPort,
        int queryPort,
        int waitingRoomPort,
        URI ledger,
        String jdbcUrl,
        String user,
        String password,
        String redis,
        Path issuer) {

    /** What the {@code up} on this data folder wrote. */
    static Target read(Path data) throws IOException {
        Path file = data.resolve("endpoints.properties");
        if (!Files.exists(file)) {
            throw new IOException("No running `onsale up` on the data in " + data + ": start one, or name its --data");
        }
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        }
        return new Target(
                Integer.parseInt(values.getProperty("command")),
                Integer.parseInt(values.getProperty("query")),
                Integer.parseInt(values.getProperty("waiting-room")),
                URI.create("http://127.0.0.1:" + values.getProperty("payment-management") + "/simulator/ledger"),
                values.getProperty("jdbc-url"),
                values.getProperty("sql-user"),
                values.getProperty("sql-password"),
                values.getProperty("redis-url"),
                data.resolve("issuer"));
    }
}
