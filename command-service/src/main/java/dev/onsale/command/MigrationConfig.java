package dev.onsale.command;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.sql.Migrations;
import java.util.Optional;

/**
 * Bringing the schema up to date when the service starts; in production a job of its own may do it before.
 *
 * @param migrations what to run; empty: nothing
 */
record MigrationConfig(Optional<Migrations> migrations) {

    /** Reads {@code migrations.jdbc-url} (unset: none are run), {@code migrations.user}, {@code migrations.password}. */
    static MigrationConfig from(Config config) {
        return new MigrationConfig(config.optionalString("migrations.jdbc-url")
                .map(url -> Migrations.of(
                        url,
                        config.string("migrations.user", "onsale_owner"),
                        config.string("migrations.password", ""))));
    }
}
