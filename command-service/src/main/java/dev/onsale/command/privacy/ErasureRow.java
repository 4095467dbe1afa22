package dev.onsale.command.privacy;

import com.google.protobuf.Timestamp;
import dev.onsale.proto.privacy.v1.ErasedPart;
import dev.onsale.proto.privacy.v1.Erasure;
import dev.onsale.proto.privacy.v1.ErasureState;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An erasure as stored. */
record ErasureRow(
        UUID id,
        String accountHash,
        String pseudonym,
        String reason,
        String actor,
        List<Erasing.Part> parts,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime finishedAt) {

    static ErasureRow of(Row row) {
        return new ErasureRow(
                row.getUUID("id"),
                row.getString("account_hash"),
                row.getString("pseudonym"),
                row.getString("reason"),
                row.getString("actor"),
                Erasing.parts(row.getJsonArray("parts")),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("finished_at"));
    }

    Erasure toProto() {
        Erasure.Builder view = Erasure.newBuilder()
                .setErasureId(id.toString())
                .setState(finishedAt == null ? ErasureState.ERASURE_STATE_RUNNING : ErasureState.ERASURE_STATE_DONE)
                .setAccountHash(accountHash)
                .setPseudonym(pseudonym)
                .setReason(reason)
                .setRequestedBy(actor)
                .setCreateTime(time(createdAt));
        parts.forEach(part -> view.addParts(ErasedPart.newBuilder()
                .setStore(part.store())
                .setWhat(part.what())
                .setCount(part.count())));
        return finishedAt == null
                ? view.build()
                : view.setEndTime(time(finishedAt))
                        .setDigest(digest(finishedAt))
                        .build();
    }

    private String digest(OffsetDateTime finished) {
        String lines = accountHash + "\n" + finished.toEpochSecond() + "\n"
                + parts.stream()
                        .map(part -> part.store() + " " + part.what() + " " + part.count() + "\n")
                        .collect(Collectors.joining());
        return sha256(lines);
    }

    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Timestamp time(OffsetDateTime time) {
        return Timestamp.newBuilder()
                .setSeconds(time.toEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
