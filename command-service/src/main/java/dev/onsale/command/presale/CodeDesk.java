package dev.onsale.command.presale;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.proto.presale.v1.GenerateCodesRequest;
import dev.onsale.proto.presale.v1.GenerateCodesResponse;
import dev.onsale.proto.presale.v1.ImportCodesRequest;
import dev.onsale.proto.presale.v1.ImportCodesResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Makes codes and takes in those of others. A code that is made is a function of its batch and the pepper: so a repeat of the
 * call finds the same ones although they are stored nowhere.
 */
final class CodeDesk {
    private static final Sql INSERT_BATCH = Sql.load(CodeDesk.class, "insert-batch.sql");
    private static final Sql INSERT_CODES = Sql.load(CodeDesk.class, "insert-codes.sql");
    private static final int LEAST_LENGTH = 6;

    private final Idempotency idempotency;
    private final Pepper pepper;

    CodeDesk(Idempotency idempotency, Pepper pepper) {
        this.idempotency = idempotency;
        this.pepper = pepper;
    }

    /**
     * Codes that come together.
     *
     * @param id names them
     * @param label for people
     * @param maxUses how many accounts each lets in
     * @param generated whether they are made here
     */
    private record Batch(UUID id, String label, int maxUses, boolean generated) {}

    Future<GenerateCodesResponse> generate(Call call, GenerateCodesRequest request) {
        return idempotency
                .once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        GenerateCodesResponse.parser(),
                        tx -> Presales.lockOpen(tx, request.getPresaleId()).compose(locked -> {
                            Batch batch = new Batch(UUID.randomUUID(), request.getLabel(), request.getMaxUses(), true);
                            return insert(tx, locked.presale(), batch, codes(batch.id(), request.getCount()))
                                    .compose(done -> CommandAudit.ADMIN.note(
                                            tx,
                                            Presales.act(call, locked.presale())
                                                    .asked(request)
                                                    .with("batch", batch.id().toString()),
                                            GenerateCodesResponse.newBuilder()
                                                    .setBatchId(batch.id().toString())
                                                    .build()));
                        }))
                .map(answer -> answer.toBuilder()
                        .addAllCodes(codes(UUID.fromString(answer.getBatchId()), request.getCount()))
                        .build());
    }

    private List<String> codes(UUID batchId, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> CodeText.of(pepper.random(batchId, i)))
                .toList();
    }

    Future<ImportCodesResponse> importAll(Call call, ImportCodesRequest request) {
        List<String> codes = request.getCodesList();
        List<String> canonical = codes.stream().map(CodeText::canonical).toList();
        if (canonical.stream().distinct().count() < codes.size()) {
            return Refusal.invalid("codes", "two of them are the same").future();
        }
        if (canonical.stream().anyMatch(code -> code.length() < LEAST_LENGTH)) {
            return Refusal.invalid("codes", "at least 6 letters and digits").future();
        }
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                hidden(request),
                ImportCodesResponse.parser(),
                tx -> Presales.lockOpen(tx, request.getPresaleId()).compose(locked -> {
                    Batch batch = new Batch(UUID.randomUUID(), request.getLabel(), request.getMaxUses(), false);
                    return insert(tx, locked.presale(), batch, codes)
                            .compose(done -> CommandAudit.ADMIN.note(
                                    tx,
                                    Presales.act(call, locked.presale())
                                            .asked(request, "codes")
                                            .with("batch", batch.id().toString())
                                            .with("codes", codes.size()),
                                    ImportCodesResponse.newBuilder()
                                            .setBatchId(batch.id().toString())
                                            .build()));
                }));
    }

    /** A plain hash of a request would tell whether a code was in it. */
    private ImportCodesRequest hidden(ImportCodesRequest request) {
        UUID presale = UUID.fromString(request.getPresaleId());
        return request.toBuilder()
                .clearCodes()
                .addAllCodes(request.getCodesList().stream()
                        .map(code -> HexFormat.of().formatHex(pepper.code(presale, CodeText.canonical(code))))
                        .toList())
                .build();
    }

    private Future<Void> insert(SqlConnection tx, PresaleRow presale, Batch batch, List<String> codes) {
        Buffer[] hashes = codes.stream()
                .map(CodeText::canonical)
                .map(code -> Buffer.buffer(pepper.code(presale.eventId(), code)))
                .toArray(Buffer[]::new);
        return INSERT_BATCH
                .run(tx, Tuple.of(batch.id(), presale.id(), batch.label(), codes.size(), batch.generated()))
                .compose(done -> INSERT_CODES.run(
                        tx,
                        Tuple.of(presale.eventId(), presale.id(), batch.id())
                                .addArrayOfBuffer(hashes)
                                .addInteger(batch.maxUses())))
                .compose(rows -> rows.rowCount() == codes.size()
                        ? Future.succeededFuture()
                        : Presales.state("The event has a code of them already", "CODE_EXISTS")
                                .future());
    }
}
