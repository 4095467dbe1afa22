package dev.onsale.command.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onsale.command.BoxOffice;
import dev.onsale.proto.audit.v1.AuditEntry;
import dev.onsale.proto.audit.v1.AuditLogServiceGrpcClient;
import dev.onsale.proto.audit.v1.ListAuditEntriesRequest;
import dev.onsale.proto.audit.v1.ListAuditEntriesResponse;
import dev.onsale.runtime.audit.Anchor;
import dev.onsale.runtime.audit.AuditVerdict;
import dev.onsale.runtime.audit.AuditVerifier;
import dev.onsale.runtime.auth.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The audit log of a box office, as operators and auditors see it. */
record Log(BoxOffice office) {

    /** Entries, newest first, all pages of them. */
    List<AuditEntry> entries(UnaryOperator<ListAuditEntriesRequest.Builder> which) {
        List<AuditEntry> all = new ArrayList<>();
        String token = "";
        do {
            ListAuditEntriesResponse page = office.as(Role.OPERATOR, "auditor")
                    .call(
                            AuditLogServiceGrpcClient.ListAuditEntries,
                            which.apply(ListAuditEntriesRequest.newBuilder())
                                    .setPageSize(7)
                                    .setPageToken(token)
                                    .build());
            all.addAll(page.getEntriesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    /** What a verification says, against these anchors too. */
    AuditVerdict verdict(Anchor... anchors) throws SQLException {
        try (Connection connection = owner()) {
            return new AuditVerifier(connection).against(List.of(anchors)).run();
        }
    }

    /**
     * What the verifier in Python says: exit code and output. It gets the entries by the query in the documentation. The rest of a
     * test is skipped if there is no Python on this machine.
     */
    Said python(Anchor... anchors) throws Exception {
        assumeTrue(hasPython(), "python3 is missing: install Debian's python3 to run this test whole");
        Path root = Path.of(System.getProperty("onsale.root"));
        Path folder = Files.createTempDirectory("audit-");
        Path entries = folder.resolve("entries.jsonl");
        Files.write(entries, exported(root));
        Path kept = folder.resolve("anchors.jsonl");
        Files.write(
                kept,
                List.of(anchors).stream()
                        .map(anchor -> anchor.toJson().encode())
                        .toList());
        Process python = new ProcessBuilder(
                        "python3",
                        root.resolve("tools/verify-audit.py").toString(),
                        entries.toString(),
                        kept.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(python.waitFor(), output);
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    record Said(int code, String output) {}

    private List<String> exported(Path root) throws IOException, SQLException {
        String page = Files.readString(root.resolve("docs/audit-log.md"));
        int from = page.indexOf("```sql\n") + "```sql\n".length();
        String query = page.substring(from, page.indexOf("```", from));
        List<String> lines = new ArrayList<>();
        try (Connection connection = owner();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    /** How many entries there are. */
    long count() {
        return office.count("SELECT count(*) FROM audit_log");
    }

    /** Does something as the owner of the tables, whom no trigger stops. */
    void asOwner(String... statements) {
        try (Connection connection = owner();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE audit_log DISABLE TRIGGER USER");
            statement.execute("ALTER TABLE audit_reasons DISABLE TRIGGER USER");
            for (String each : statements) {
                assertThat(statement.executeUpdate(each)).as(each).isPositive();
            }
            statement.execute("ALTER TABLE audit_log ENABLE TRIGGER USER");
            statement.execute("ALTER TABLE audit_reasons ENABLE TRIGGER USER");
        } catch (SQLException wrong) {
            throw new AssertionError(wrong);
        }
    }

    Connection owner() throws SQLException {
        return office.stores().connect(office.stores().postgres().owner());
    }
}
