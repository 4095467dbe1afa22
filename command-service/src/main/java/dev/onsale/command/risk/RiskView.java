package dev.onsale.command.risk;

import com.google.protobuf.Timestamp;
import dev.onsale.proto.risk.v1.RiskOverride;
import dev.onsale.proto.risk.v1.Signal;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;

/** Rows as callers see them. */
final class RiskView {
    private RiskView() {}

    static dev.onsale.proto.risk.v1.Verdict verdict(Row row) {
        var verdict = dev.onsale.proto.risk.v1.Verdict.newBuilder()
                .setVerdictId(row.getUUID("id").toString())
                .setTime(time(row.getOffsetDateTime("at")))
                .setAccount(row.getString("account"))
                .setEventId(row.getUUID("event_id").toString())
                .setMethod(row.getString("method"))
                .setKind(Verdict.ofWord(row.getString("verdict")).kind())
                .setEnforced(row.getBoolean("enforced"))
                .setScore(row.getDouble("score"))
                .setCalls(row.getInteger("calls"));
        for (Object signal : row.getJsonArray("signals")) {
            verdict.addSignals(signal((JsonObject) signal));
        }
        return verdict.build();
    }

    private static Signal signal(JsonObject json) {
        return Signal.newBuilder()
                .setName(json.getString("name"))
                .setStrength(json.getDouble("strength"))
                .setWeight(json.getDouble("weight"))
                .setShows(json.getString("shows"))
                .build();
    }

    static RiskOverride override(Row row) {
        RiskOverride.Builder override = RiskOverride.newBuilder()
                .setOverrideId(row.getUUID("id").toString())
                .setAccount(row.getString("account"))
                .setEventId(row.getUUID("event_id").toString())
                .setReason(row.getString("reason"))
                .setSetBy(row.getString("actor"))
                .setCreateTime(time(row.getOffsetDateTime("created_at")))
                .setEndTime(time(row.getOffsetDateTime("ends_at")));
        return row.getOffsetDateTime("revoked_at") == null
                ? override.build()
                : override.setRevokeTime(time(row.getOffsetDateTime("revoked_at")))
                        .setRevokedBy(row.getString("revoked_by"))
                        .setRevokeReason(row.getString("revoke_reason"))
                        .build();
    }

    private static Timestamp time(OffsetDateTime time) {
        return Timestamp.newBuilder()
                .setSeconds(time.toEpochSecond())
                .setNanos(time.getNano())
                .build();
    }
}
