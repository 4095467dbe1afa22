package dev.onsale.runtime.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings a schema up to date by the Flyway files on the class path, under the role that owns it.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}, with {@code sslmode} and {@code sslrootcert} if need be
 * @param user the owner role
 * @param password its password
 * @param schema the schema that holds Flyway's history, and new objects by default
 * @param locations where the files are, e.g. {@code classpath:db/migration}
 * @param placeholders values for <code>${...}</code> in the files
 */
public record Migrations(
        String jdbcUrl,
        String user,
        String password,
        String schema,
        List<String> locations,
        Map<String, String> placeholders) {

    /** Migrations of the schema {@code public} in {@code db/migration}. */
    public static Migrations of(String jdbcUrl, String user, String password) {
        return new Migrations(jdbcUrl, user, password, "public", List.of("classpath:db/migration"), Map.of());
    }

    /** The same for another schema and other files. */
    public Migrations in(String otherSchema, String location) {
        return new Migrations(jdbcUrl, user, password, otherSchema, List.of(location), placeholders);
    }

    /** The same with a placeholder. */
    public Migrations with(String name, String value) {
        var more = new java.util.HashMap<>(placeholders);
        more.put(name, value);
        return new Migrations(jdbcUrl, user, password, schema, locations, Map.copyOf(more));
    }

    /** Runs what is missing and answers how many files were run. Blocks the calling thread. */
    public int run() {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(jdbcUrl, user, password)
                .schemas(schema)
                .defaultSchema(schema)
                .locations(locations.toArray(String[]::new))
                .placeholders(placeholders)
                .load()
                .migrate()
                .migrationsExecuted;
    }

    /** Like {@link #run()}, off the event loop. */
    public Future<Integer> run(Vertx vertx) {
        return vertx.executeBlocking(this::run, false);
    }
}
