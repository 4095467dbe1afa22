package dev.onsale.testkit;

import dev.onsale.embedded.PostgresStore;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Databases that were migrated once and are copied for each test class: a copy takes a fraction of the migrations. */
final class Templates {

    private static final Set<String> MADE = new HashSet<>();

    private Templates() {}

    /** A named way to fill a database. */
    record Migration(String name, TestStores.Migrate migrate) {}

    static synchronized void create(PostgresStore postgres, String database, @Nullable Migration migration) {
        if (migration == null) {
            postgres.createDatabase(database);
            return;
        }
        String template = "template_%d_%s".formatted(ProcessHandle.current().pid(), migration.name());
        if (MADE.add(postgres.uri() + template)) {
            postgres.createDatabase(template);
            migration.migrate().run(postgres.jdbcUrl(template), postgres.owner());
        }
        postgres.createDatabase(database, template);
    }
}
