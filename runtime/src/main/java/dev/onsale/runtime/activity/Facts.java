package dev.onsale.runtime.activity;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.EndedCall;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a call was about: fields of its messages by their names, from a list. What is not on the list stays out, so that no name,
 * address or payment token comes in with a new field.
 */
final class Facts {
    private static final Set<String> SHOWN = Set.of(
            "seat_id",
            "seat_ids",
            "area_id",
            "quantity",
            "accessible_quantity",
            "allow_partial",
            "ticket_id",
            "ticket_ids",
            "state",
            "status",
            "entry",
            "position",
            "session_id",
            "cancellation_id",
            "refund_id");
    private static final int DEEPEST = 3;
    private static final int MOST_VALUES = 50;

    private final JsonObject asked = new JsonObject();
    private final JsonObject got = new JsonObject();
    private final JsonObject no = new JsonObject();
    private @Nullable String eventId;
    private @Nullable String bookingId;
    private @Nullable String holdId;

    private Facts() {}

    static Facts of(EndedCall ended) {
        Facts facts = new Facts();
        facts.take(ended.reply(), facts.got, 1);
        facts.take(ended.request(), facts.asked, 1);
        Refusal refusal = ended.refusal();
        if (refusal != null) {
            refusal.metadata().forEach(facts.no::put);
        }
        return facts;
    }

    private void take(@Nullable Message message, JsonObject into, int depth) {
        if (message != null) {
            message.getAllFields().forEach((field, value) -> take(field, value, into, depth));
        }
    }

    private void take(FieldDescriptor field, Object value, JsonObject into, int depth) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            if (depth < DEEPEST && !field.isMapField()) {
                each(field, value).forEach(inner -> take((Message) inner, into, depth + 1));
            }
        } else if (!named(field.getName(), value) && SHOWN.contains(field.getName())) {
            each(field, value).forEach(one -> add(into, field.getName(), one));
        }
    }

    /** What has a column of its own; the first that is found, and the reply is looked at first. */
    private boolean named(String field, Object value) {
        switch (field) {
            case "event_id" -> eventId = eventId == null ? value.toString() : eventId;
            case "booking_id" -> bookingId = bookingId == null ? value.toString() : bookingId;
            case "hold_id" -> holdId = holdId == null ? value.toString() : holdId;
            default -> {
                return false;
            }
        }
        return true;
    }

    private static List<?> each(FieldDescriptor field, Object value) {
        return field.isRepeated() ? (List<?>) value : List.of(value);
    }

    /** One value as it is, several as a list. */
    private static void add(JsonObject into, String name, Object value) {
        Object plain = value instanceof EnumValueDescriptor named ? named.getName() : value;
        Object before = into.getValue(name);
        if (before == null) {
            into.put(name, plain);
        } else if (before instanceof JsonArray list) {
            if (list.size() < MOST_VALUES) {
                list.add(plain);
            }
        } else {
            into.put(name, new JsonArray().add(before).add(plain));
        }
    }

    JsonObject detail() {
        JsonObject detail = new JsonObject();
        Map.of("asked", asked, "got", got, "no", no).forEach((name, part) -> {
            if (!part.isEmpty()) {
                detail.put(name, part);
            }
        });
        return detail;
    }

    @Nullable UUID eventId() {
        return uuid(eventId);
    }

    @Nullable UUID bookingId() {
        return uuid(bookingId);
    }

    @Nullable String holdId() {
        return holdId;
    }

    /** Null also for what a caller sent that is none: such a call was refused. */
    private static @Nullable UUID uuid(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : UUID.fromString(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
