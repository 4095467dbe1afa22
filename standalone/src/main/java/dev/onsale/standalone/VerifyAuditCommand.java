package dev.onsale.standalone;

import dev.onsale.embedded.StoreKind;
import dev.onsale.embedded.Stores;
import dev.onsale.runtime.audit.Anchor;
import dev.onsale.runtime.audit.AuditEntry;
import dev.onsale.runtime.audit.AuditVerdict;
import dev.onsale.runtime.audit.AuditVerifier;
import dev.onsale.runtime.auth.KeyRing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes the audit logs again, of a running system or of data that lie still. What is computed is in docs/audit-log.md. */
@Command(
        name = "verify-audit",
        description =
                "Computes the audit logs again and says which entry is the first that is wrong; exit code 1 if one is.",
        mixinStandardHelpOptions = true)
final class VerifyAuditCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Instead of --data: the database, postgresql://host:port/name. Password: ONSALE_SQL_PASSWORD.")
    private @Nullable URI url;

    @Option(
            names = "--user",
            paramLabel = "ROLE",
            defaultValue = "onsale_app",
            description = "With --url: a role that may read the logs (default: ${DEFAULT-VALUE}).")
    private String user = "onsale_app";

    @Option(
            names = "--anchor",
            paramLabel = "FILE",
            description = "An anchor that was kept elsewhere, or many, one a line; may be repeated.")
    private List<Path> anchors = new ArrayList<>();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "A JWK set: every anchor must be signed by one of these keys.")
    private @Nullable Path keys;

    @Option(
            names = "--save-anchor",
            paramLabel = "FILE",
            description = "Keep where the chains end now, if all is well.")
    private @Nullable Path saved;

    @Option(
            names = "--export",
            paramLabel = "FILE",
            description = "Write every entry as a line of JSON, for tools/verify-audit.py.")
    private @Nullable Path export;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** How to connect. */
    private record Login(String jdbcUrl, String user, String password) {}

    @Override
    public Integer call() throws IOException {
        AuditVerdict verdict = url == null ? verifyData() : verify(given(url));
        if (saved != null && verdict.clean()) {
            Files.writeString(saved, verdict.anchor(Instant.now()).toJson().encode() + "\n");
        }
        print(verdict);
        return verdict.clean() ? 0 : 1;
    }

    private Login given(URI database) {
        String password = Objects.requireNonNullElse(System.getenv("ONSALE_SQL_PASSWORD"), "");
        return new Login("jdbc:" + database, user, password);
    }

    /** Of the `up` that runs on the data; if none does, PostgreSQL alone is started on them for so long. */
    private AuditVerdict verifyData() throws IOException {
        Path folder = data.folder();
        if (Endpoints.running(folder)) {
            Endpoints endpoints = Endpoints.read(folder);
            return verify(new Login(endpoints.jdbcUrl(), endpoints.user(), endpoints.password()));
        }
        if (!Files.isDirectory(folder.resolve(StoreKind.POSTGRES.label()))) {
            throw new CannotRun("No data in " + folder + ": name the folder by --data, or the database by --url");
        }
        try (Stores stores =
                Stores.builder().with(StoreKind.POSTGRES).data(folder).start()) {
            return verify(new Login(
                    stores.postgres().jdbcUrl(),
                    stores.postgres().owner().user(),
                    stores.postgres().owner().password()));
        }
    }

    private AuditVerdict verify(Login login) throws IOException {
        try {
            return read(login);
        } catch (SQLException refused) {
            throw new CannotRun("Can't read the audit log: " + refused.getMessage());
        }
    }

    private AuditVerdict read(Login login) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password())) {
            AuditVerifier verifier = new AuditVerifier(connection).against(kept());
            @Nullable Path ring = keys();
            if (ring != null) {
                verifier.signedBy(KeyRing.parse(read(ring)));
            }
            if (export == null) {
                return verifier.run();
            }
            try (Writer lines = Files.newBufferedWriter(export);
                    PrintWriter out = new PrintWriter(lines)) {
                return verifier.showing(entry -> out.println(line(entry))).run();
            }
        }
    }

    private static String line(AuditEntry entry) {
        return entry.toJson().encode();
    }

    private List<Anchor> kept() throws IOException {
        List<Anchor> all = new ArrayList<>();
        for (Path file : anchors) {
            try {
                all.addAll(Anchor.parseAll(read(file)));
            } catch (IllegalArgumentException malformed) {
                throw new CannotRun("--anchor: " + file + " is " + malformed.getMessage());
            }
        }
        return all;
    }

    /** As given; otherwise those of the data, once there are any. Anchors from elsewhere may be unsigned. */
    private @Nullable Path keys() {
        if (keys != null || url != null || !anchors.isEmpty()) {
            return keys;
        }
        Path ours = data.folder().resolve("audit/jwks.json");
        return Files.exists(ours) ? ours : null;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CannotRun(file + ": no such file");
        }
    }

    private void print(AuditVerdict verdict) {
        PrintWriter out =
                Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
        if (json) {
            out.println(verdict.toJson().encode());
        } else {
            for (AuditVerdict.Chain chain : verdict.chains()) {
                if (chain.fault().isEmpty()) {
                    out.printf(
                            "%-24s %10d entries, all as they were written; the last is %s%s%n",
                            chain.chain(), chain.entries(), chain.hash(), forgotten(chain));
                }
            }
            verdict.problems().forEach(problem -> out.println("WRONG: " + problem));
            out.printf("%d chains, compared with %d anchors%n", verdict.chains().size(), verdict.anchors());
        }
        out.flush();
    }

    private static String forgotten(AuditVerdict.Chain chain) {
        return chain.forgotten() == 0 ? "" : "; reasons of " + chain.forgotten() + " were forgotten";
    }
}
