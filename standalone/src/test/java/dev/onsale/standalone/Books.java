package dev.onsale.standalone;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What PostgreSQL says, and what a fault does to it, by plain JDBC from outside. */
record Books(Endpoints endpoints) {
    private static final String ENDED = "state IN ('done', 'undone')";

    long number(String query) {
        return ask(query, row -> row.next() ? row.getLong(1) : 0);
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The event that was made last. */
    String newestEvent() {
        return ask("SELECT id FROM events ORDER BY id DESC LIMIT 1", row -> row.next() ? row.getString(1) : "");
    }

    /** The sagas of checkouts that a fan waits for now. */
    Set<UUID> checkouts() {
        return sagas("kind = 'booking' AND NOT background AND NOT " + ENDED).keySet();
    }

    /** The sagas that a node works on, and which owner of each it is. */
    Map<UUID, Long> ownedBy(long process) {
        return sagas("owner LIKE '" + process + "-%' AND NOT " + ENDED);
    }

    /** How many of these sagas have not ended. */
    long unfinished(Set<UUID> sagas) {
        return number("SELECT count(*) FROM sagas WHERE " + among(sagas) + " AND NOT " + ENDED);
    }

    /** Those of the sagas that have ended, and how many owners each had. */
    Map<UUID, Long> ended(Set<UUID> sagas) {
        return sagas(among(sagas) + " AND " + ENDED);
    }

    private static String among(Set<UUID> sagas) {
        return sagas.isEmpty()
                ? "false"
                : sagas.stream().map(UUID::toString).collect(Collectors.joining("', '", "id IN ('", "')"));
    }

    private Map<UUID, Long> sagas(String which) {
        return ask("SELECT id, owner_epoch FROM sagas WHERE " + which, rows -> {
            Map<UUID, Long> found = new HashMap<>();
            while (rows.next()) {
                found.put(rows.getObject(1, UUID.class), rows.getLong(2));
            }
            return found;
        });
    }

    private interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private <T> T ask(String query, Reading<T> reading) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return reading.of(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(endpoints.jdbcUrl(), endpoints.user(), endpoints.password());
    }
}
