package dev.onsale.runtime.activity;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.activity.v1.Activity;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says rows of the table {@code activity} in the words of the contract. */
public final class ActivityRows {
    private ActivityRows() {}

    /** Translates a row with all columns but the id. */
    public static Activity activity(Row row) {
        Activity.Builder activity = Activity.newBuilder()
                .setTime(Timestamps.fromMillis(
                        row.getOffsetDateTime("at").toInstant().toEpochMilli()))
                .setAccount(row.getString("account"))
                .setMethod(row.getString("method"))
                .setOutcome(row.getString("outcome"))
                .setEventId(text(row.getUUID("event_id")))
                .setBookingId(text(row.getUUID("booking_id")))
                .setDetail(struct(row.getJsonObject("detail")))
                .setTook(Durations.fromMillis(row.getLong("took_ms")));
        if (row.getString("hold_id") != null) {
            activity.setHoldId(row.getString("hold_id"));
        }
        if (row.getString("trace") != null) {
            activity.setTrace(row.getString("trace"));
        }
        return activity.build();
    }

    /** Translates an object of JSON. */
    public static Struct struct(JsonObject json) {
        Struct.Builder struct = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(json.encode(), struct);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("Not an object of JSON", e);
        }
        return struct.build();
    }

    private static String text(@Nullable UUID id) {
        return id == null ? "" : id.toString();
    }
}
