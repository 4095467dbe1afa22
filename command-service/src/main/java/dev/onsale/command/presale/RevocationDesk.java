package dev.onsale.command.presale;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.proto.presale.v1.CodeList;
import dev.onsale.proto.presale.v1.RevokeCodesRequest;
import dev.onsale.proto.presale.v1.RevokeCodesResponse;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Revokes codes. PostgreSQL first; then Redis is told of all of them, also when the call is a repeat: it also stops holds whose
 * rights were looked up before, and accounts that were let in before.
 */
final class RevocationDesk {
    private static final Sql REVOKE = Sql.load(RevocationDesk.class, "revoke-codes.sql");
    private static final Sql REVOKED = Sql.load(RevocationDesk.class, "revoked-codes.sql");

    private final Database database;
    private final Idempotency idempotency;
    private final Pepper pepper;
    private final Presales presales;

    RevocationDesk(Database database, Idempotency idempotency, Pepper pepper, Presales presales) {
        this.database = database;
        this.idempotency = idempotency;
        this.pepper = pepper;
        this.presales = presales;
    }

    Future<RevokeCodesResponse> revoke(Call call, RevokeCodesRequest request) {
        return idempotency
                .once(
                        RequestKey.of(call, request.getRequestId()),
                        hidden(request),
                        RevokeCodesResponse.parser(),
                        tx -> Presales.lock(tx, request.getPresaleId())
                                .compose(locked -> revoke(tx, request, locked.presale())
                                        .compose(answer -> CommandAudit.ADMIN.note(
                                                tx,
                                                Presales.act(call, locked.presale())
                                                        .asked(request, "codes")
                                                        .with("revoked", answer.getRevoked()),
                                                answer))))
                .compose(answer -> tell(call, request).map(answer));
    }

    private Future<RevokeCodesResponse> revoke(SqlConnection tx, RevokeCodesRequest request, PresaleRow presale) {
        return REVOKE.run(tx, target(request, presale.eventId()))
                .map(rows -> RevokeCodesResponse.newBuilder()
                        .setRevoked(rows.rowCount())
                        .build());
    }

    private Future<Void> tell(Call call, RevokeCodesRequest request) {
        UUID presale = UUID.fromString(request.getPresaleId());
        return presales.eventOf(presale)
                .compose(eventId -> database.run(REVOKED, target(request, eventId))
                        .compose(rows -> presales.revoke(eventId, ids(rows), call.trace())));
    }

    private static List<Long> ids(RowSet<Row> rows) {
        List<Long> ids = new ArrayList<>();
        for (Row row : rows) {
            ids.add(row.getLong("id"));
        }
        return ids;
    }

    private Tuple target(RevokeCodesRequest request, UUID eventId) {
        @Nullable UUID batch = request.hasBatchId() ? UUID.fromString(request.getBatchId()) : null;
        Buffer[] hashes = request.getCodes().getCodesList().stream()
                .map(CodeText::canonical)
                .map(code -> Buffer.buffer(pepper.code(eventId, code)))
                .toArray(Buffer[]::new);
        return Tuple.of(UUID.fromString(request.getPresaleId()))
                .addArrayOfBuffer(hashes)
                .addUUID(batch);
    }

    /** A plain hash of a request would tell whether a code was in it. */
    private RevokeCodesRequest hidden(RevokeCodesRequest request) {
        if (!request.hasCodes()) {
            return request;
        }
        UUID presale = UUID.fromString(request.getPresaleId());
        CodeList.Builder codes = CodeList.newBuilder();
        request.getCodes()
                .getCodesList()
                .forEach(code ->
                        codes.addCodes(HexFormat.of().formatHex(pepper.code(presale, CodeText.canonical(code)))));
        return request.toBuilder().setCodes(codes).build();
    }
}
