package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.audit.AuditLog;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Migrations;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.testkit.TestStores;
import dev.onsale.waitingroom.WaitingRoomSchema;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** `./onsale verify-audit` over a database with two logs. */
class VerifyAuditCommandIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES).migrated("audit", (url, owner) -> {
        Migrations.of(url, owner.user(), owner.password()).run();
        WaitingRoomSchema.migrations(url, owner.user(), owner.password()).run();
    });

    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    private Path folder;

    @BeforeAll
    static void writeTwoLogs() {
        SqlConfig config = SqlConfig.from(Config.of(STORES.settings()));
        note(config, "command/admin", 5);
        note(config, "command/money-03", 3);
        note(config.in(WaitingRoomSchema.NAME), "waiting-room/admin", 2);
    }

    private static void note(SqlConfig config, String chain, int acts) {
        Database database = Database.connect(VERTX, config).await();
        for (int i = 0; i < acts; i++) {
            Act act = Act.byItself("test/act", "thing", "thing-" + i);
            database.tx(tx -> new AuditLog(chain).note(tx, act)).await();
        }
        database.close().await();
    }

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    private record Ran(int code, String output) {}

    private static Ran run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "verify-audit",
                "--url",
                STORES.postgresUri() + "?user=" + STORES.postgres().app().user() + "&password="
                        + STORES.postgres().app().password()));
        arguments.addAll(List.of(more));
        CommandLine line = Standalone.commandLine();
        StringWriter output = new StringWriter();
        line.setOut(new PrintWriter(output));
        line.setErr(new PrintWriter(output));
        int code = line.execute(arguments.toArray(String[]::new));
        return new Ran(code, output.toString());
    }

    private static void asOwner(String statement) throws Exception {
        try (Connection connection = STORES.connect(STORES.postgres().owner());
                var sql = connection.createStatement()) {
            sql.execute("ALTER TABLE audit_log DISABLE TRIGGER USER");
            sql.execute(statement);
            sql.execute("ALTER TABLE audit_log ENABLE TRIGGER USER");
        }
    }

    @Test
    void verifiesBothLogsAndTellsWhatIsWrongAndWhere() throws Exception {
        Path anchor = folder.resolve("anchor.json");

        Ran clean = run("--save-anchor", anchor.toString());

        assertThat(clean.code()).as(clean.output()).isZero();
        assertThat(clean.output())
                .contains("command/admin")
                .contains("5 entries")
                .contains("command/money-03")
                .contains("waiting-room/admin")
                .contains("3 chains, compared with 0 anchors");
        assertThat(run("--anchor", anchor.toString()).output()).contains("compared with 1 anchors");

        asOwner("DELETE FROM audit_log WHERE chain = 'command/money-03' AND seq = 3");
        assertThat(run().code()).as("without an anchor nobody can tell").isZero();
        Ran cut = run("--anchor", anchor.toString());
        assertThat(cut.code()).isEqualTo(1);
        assertThat(cut.output()).contains("WRONG: command/money-03 entry 3 is missing: the anchor of ");

        asOwner("UPDATE audit_log SET actor = 'mallory' WHERE chain = 'command/admin' AND seq = 2");
        Ran changed = run("--json");
        assertThat(changed.code()).isEqualTo(1);
        JsonObject json = new JsonObject(changed.output());
        assertThat(json.getBoolean("clean")).isFalse();
        assertThat(json.getJsonArray("problems").encode())
                .isEqualTo("[\"command/admin entry 2 is not what was written: its hash is another\"]");
        Path saved = folder.resolve("not-saved.json");
        run("--save-anchor", saved.toString());
        assertThat(saved).as("of what is wrong no anchor is kept").doesNotExist();
    }

    @Test
    void saysInWordsWhatItCannotRead() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"format\": \"other\"}");

        assertThat(run("--anchor", broken.toString()).output()).contains("is not an anchor of the format");
        assertThat(run("--anchor", "/does/not/exist").output()).contains("no such file");
        StringWriter error = new StringWriter();
        int code = Standalone.commandLine()
                .setErr(new PrintWriter(error))
                .execute("verify-audit", "--data", folder.toString());
        assertThat(code).isEqualTo(1);
        assertThat(error.toString()).contains("No data in");
    }

    @Test
    void bothServicesHaveTheSameTables() throws IOException {
        Path root = Path.of(System.getProperty("onsale.root"));
        String room =
                Files.readString(root.resolve("waiting-room/src/main/resources/db/waiting-room/V5__audit_log.sql"));
        String command =
                Files.readString(root.resolve("command-service/src/main/resources/db/migration/V18__audit_log.sql"));

        assertThat(command).startsWith(room);
    }
}
