package dev.onsale.runtime.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One statement kept in a {@code .sql} file beside its class, with {@code $1}, {@code $2}, ... for its values.
 *
 * @param name the file
 * @param text the statement
 */
public record Sql(String name, String text) {

    /**
     * Loads a statement from the class path.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    public static Sql load(Class<?> beside, String file) {
        try (var stream = beside.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalArgumentException("No statement " + file + " beside " + beside.getName());
            }
            return new Sql(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the statement on a connection, or on a pool as a transaction of its own. */
    public Future<RowSet<Row>> run(SqlClient client, Tuple values) {
        return client.preparedQuery(text).execute(values);
    }

    /** Runs the statement without values. */
    public Future<RowSet<Row>> run(SqlClient client) {
        return client.preparedQuery(text).execute();
    }

    /** Runs the statement once for each tuple, in one round trip. */
    public Future<RowSet<Row>> runBatch(SqlClient client, List<Tuple> batch) {
        return client.preparedQuery(text).executeBatch(batch);
    }
}
