package dev.onsale.command;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.sql.Migrations;
import java.net.URI;
import java.util.Optional;

/**
 * Bringing the schema up to date when the service starts; in production a job of its own may do it before.
 *
 * @param migrations what to run; empty: nothing
 */
record MigrationConfig(Optional<Migrations> migrations) {

    /** Reads {@code sql.url}, {@code sql.owner-user} (unset: none are run) and {@code sql.owner-password}. */
    static MigrationConfig from(Config config) {
        URI url = config.uri("sql.url", URI.create("postgresql://127.0.0.1:5432/onsale"));
        return new MigrationConfig(config.optionalString("sql.owner-user")
                .map(owner -> Migrations.of("jdbc:" + url, owner, config.string("sql.owner-password", ""))));
    }
}
