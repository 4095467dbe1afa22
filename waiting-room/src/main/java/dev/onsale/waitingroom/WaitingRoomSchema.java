package dev.onsale.waitingroom;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.sql.Migrations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The schema {@code waiting_room}: its own migrations, its own history. */
public final class WaitingRoomSchema {

    /** Where its tables are: {@code SqlConfig.from(config).in(WaitingRoomSchema.NAME)}. */
    public static final String NAME = "waiting_room";

    private WaitingRoomSchema() {}

    /** Its migrations, for the role that owns the database. */
    public static Migrations migrations(String jdbcUrl, String owner, String password) {
        return Migrations.of(jdbcUrl, owner, password).in(NAME, "classpath:db/waiting-room");
    }

    /** Migrates if the settings name the owner ({@code sql.owner-user}, {@code sql.owner-password}). */
    static Future<Integer> migrateIfOwner(Vertx vertx, Config config) {
        return config.optionalString("sql.owner-user")
                .map(owner -> migrations(
                                "jdbc:" + config.string("sql.url", "postgresql://127.0.0.1:5432/onsale"),
                                owner,
                                config.string("sql.owner-password", ""))
                        .run(vertx))
                .orElse(Future.succeededFuture(0));
    }
}
