package dev.onsale.runtime.audit;

import dev.onsale.runtime.auth.CompactJws;
import dev.onsale.runtime.auth.KeyRing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Computes the audit logs of a database again. Needs no more than to read them. Blocks; memory does not grow with the logs.
 */
public final class AuditVerifier {
    private static final int FETCH = 5_000;
    private static final String ENTRIES = """
            SELECT l.chain, l.seq, l.at, l.actor, l.roles, l.action, l.subject_kind, l.subject_id, l.event_id,
                coalesce(encode(l.reason_digest, 'hex'), '') AS reason_digest, r.reason, encode(r.salt, 'hex') AS salt,
                l.details, l.act_key, encode(l.prev_hash, 'hex') AS prev_hash, encode(l.hash, 'hex') AS hash
            FROM SCHEMA.audit_log l
            LEFT JOIN SCHEMA.audit_reasons r ON r.chain = l.chain AND r.seq = l.seq
            WHERE l.chain = ?
            ORDER BY l.seq
            """;
    private static final String CHAINS = """
            WITH RECURSIVE chains AS (
                (SELECT chain FROM SCHEMA.audit_log ORDER BY chain LIMIT 1)
                UNION ALL
                SELECT (SELECT l.chain FROM SCHEMA.audit_log l WHERE l.chain > c.chain ORDER BY l.chain LIMIT 1)
                FROM chains c
                WHERE c.chain IS NOT NULL)
            SELECT chain FROM chains WHERE chain IS NOT NULL
            """;

    private static final String SCHEMAS = """
            SELECT quote_ident(n.nspname)
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = 'audit_log' AND c.relkind = 'r'
            ORDER BY 1
            """;

    private final Connection connection;
    private final List<Anchor> anchors = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private Optional<KeyRing> keys = Optional.empty();
    private Consumer<AuditEntry> seen = entry -> {};

    /** Verifies what this connection can read. */
    public AuditVerifier(Connection connection) {
        this.connection = connection;
    }

    /** Also against these anchors. */
    public AuditVerifier against(List<Anchor> kept) {
        anchors.addAll(kept);
        return this;
    }

    /** Only anchors signed by one of these keys count; others are faults. */
    public AuditVerifier signedBy(KeyRing ring) {
        keys = Optional.of(ring);
        return this;
    }

    /** Each entry is shown to this one too, in order. */
    public AuditVerifier showing(Consumer<AuditEntry> each) {
        seen = each;
        return this;
    }

    /** Verifies all logs, at one moment. */
    public AuditVerdict run() throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        }
        List<String> schemas = texts(SCHEMAS);
        if (schemas.isEmpty()) {
            faults.add("There is no audit log here");
        }
        for (String schema : schemas) {
            readAnchors(schema);
        }
        anchors.forEach(this::checkSignature);
        Map<String, ChainCheck> checks = new LinkedHashMap<>();
        for (String schema : schemas) {
            read(schema, entry -> {
                seen.accept(entry);
                checks.computeIfAbsent(entry.chain(), chain -> new ChainCheck(chain, anchors))
                        .next(entry);
            });
        }
        var anchored = new TreeSet<String>();
        anchors.forEach(anchor -> anchored.addAll(anchor.heads().keySet()));
        anchored.forEach(chain -> checks.computeIfAbsent(chain, gone -> new ChainCheck(gone, anchors)));
        connection.rollback();
        return new AuditVerdict(
                checks.values().stream().map(ChainCheck::end).toList(), anchors.size(), List.copyOf(faults));
    }

    private void readAnchors(String schema) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(FETCH);
            try (ResultSet rows =
                    statement.executeQuery("SELECT id, anchor FROM " + schema + ".audit_anchors ORDER BY id")) {
                while (rows.next()) {
                    try {
                        anchors.add(Anchor.parse(rows.getString(2)));
                    } catch (IllegalArgumentException unreadable) {
                        faults.add("The stored anchor " + schema + " " + rows.getLong(1) + " is "
                                + unreadable.getMessage());
                    }
                }
            }
        }
    }

    private void checkSignature(Anchor anchor) {
        if (keys.isEmpty()) {
            return;
        }
        boolean ours = CompactJws.parse(anchor.signature())
                .filter(jws -> Anchor.TYPE.equals(jws.header().getString("typ")))
                .filter(jws -> jws.claims().equals(anchor.claims()))
                .filter(jws -> keys.get()
                        .find(jws.header().getString("kid", ""))
                        .filter(key -> key.accepts(jws))
                        .isPresent())
                .isPresent();
        if (!ours) {
            faults.add(
                    "The anchor of " + AuditEntry.text(anchor.at()) + " (" + anchor.log() + ") was not signed by us");
        }
    }

    private void read(String schema, Consumer<AuditEntry> each) throws SQLException {
        for (String chain : texts(CHAINS.replace("SCHEMA", schema))) {
            try (PreparedStatement statement = connection.prepareStatement(ENTRIES.replace("SCHEMA", schema))) {
                statement.setString(1, chain);
                statement.setFetchSize(FETCH);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        each.accept(entry(rows));
                    }
                }
            }
        }
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getString("chain"),
                row.getLong("seq"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("roles"),
                row.getString("action"),
                row.getString("subject_kind"),
                row.getString("subject_id"),
                row.getObject("event_id", UUID.class),
                row.getString("reason_digest"),
                row.getString("reason"),
                row.getString("salt"),
                row.getString("details"),
                row.getString("act_key"),
                row.getString("prev_hash"),
                row.getString("hash"));
    }
}
