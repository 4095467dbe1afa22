package dev.onsale.runtime.audit;

import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the audit log, and keeps its anchors. */
final class AuditStore {
    private static final Sql LIST = Sql.load(AuditStore.class, "list.sql");
    private static final Sql HEADS = Sql.load(AuditStore.class, "heads.sql");
    private static final Sql KEEP_ANCHOR = Sql.load(AuditStore.class, "keep-anchor.sql");

    private final Database database;

    AuditStore(Database database) {
        this.database = database;
    }

    /** A place in the order of entries. */
    record Place(OffsetDateTime at, String chain, long seq) {}

    /** Which entries; null: any. */
    record Wanted(
            OffsetDateTime from,
            OffsetDateTime to,
            @Nullable String actor,
            @Nullable String action,
            @Nullable UUID event,
            @Nullable String subject,
            @Nullable Place behind,
            int most) {}

    /** Newest first. */
    Future<List<AuditEntry>> list(Wanted wanted) {
        Place behind = wanted.behind();
        Tuple values = Tuple.tuple()
                .addOffsetDateTime(wanted.from())
                .addOffsetDateTime(wanted.to())
                .addString(wanted.actor())
                .addString(wanted.action())
                .addUUID(wanted.event())
                .addString(wanted.subject())
                .addOffsetDateTime(behind == null ? null : behind.at())
                .addString(behind == null ? null : behind.chain())
                .addLong(behind == null ? null : behind.seq())
                .addInteger(wanted.most());
        return database.run(LIST, values).map(rows -> {
            List<AuditEntry> entries = new ArrayList<>();
            rows.forEach(row -> entries.add(entry(row)));
            return entries;
        });
    }

    /** Where the chains end now; no signature. */
    Future<Anchor> heads(String log) {
        return database.run(HEADS).map(rows -> {
            SortedMap<String, Anchor.Head> heads = new TreeMap<>();
            Instant now = Instant.now();
            for (Row row : rows) {
                heads.put(row.getString("chain"), new Anchor.Head(row.getLong("seq"), row.getString("hash")));
                now = row.getOffsetDateTime("now").toInstant();
            }
            return new Anchor(log, now, heads, "");
        });
    }

    Future<Void> keep(Anchor anchor) {
        return database.run(KEEP_ANCHOR, Tuple.of(anchor.toJson().encode())).mapEmpty();
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.getString("chain"),
                row.getLong("seq"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("roles"),
                row.getString("action"),
                row.getString("subject_kind"),
                row.getString("subject_id"),
                row.getUUID("event_id"),
                row.getString("reason_digest"),
                row.getString("reason"),
                row.getString("salt"),
                row.getString("details"),
                row.getString("act_key"),
                row.getString("prev_hash"),
                row.getString("hash"));
    }
}
