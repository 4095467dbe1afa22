package dev.onsale.payment.movement;

import com.google.protobuf.Timestamp;
import dev.onsale.proto.payment.v1.Attempt;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** One call to the provider, as stored. */
record StoredAttempt(
        int number,
        String verb,
        String key,
        String outcome,
        String detail,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime endedAt) {

    static StoredAttempt read(Row row) {
        return new StoredAttempt(
                row.getInteger("number"),
                row.getString("verb"),
                row.getString("idempotency_key"),
                row.getString("outcome"),
                row.getString("detail"),
                row.getOffsetDateTime("started_at"),
                row.getOffsetDateTime("ended_at"));
    }

    Attempt toProto() {
        Attempt.Builder attempt = Attempt.newBuilder()
                .setNumber(number)
                .setVerb(verb)
                .setIdempotencyKey(key)
                .setOutcome(outcome)
                .setDetail(detail)
                .setStartTime(timestamp(startedAt));
        if (endedAt != null) {
            attempt.setEndTime(timestamp(endedAt));
        }
        return attempt.build();
    }

    private static Timestamp timestamp(OffsetDateTime at) {
        return Timestamp.newBuilder()
                .setSeconds(at.toEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
