package dev.onsale.runtime.audit;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.rpc.Call;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did, as it goes into the audit log. Nothing here may be personal data of a fan but the reason, which can be
 * forgotten: an account that is the subject goes in as {@link #ofAccount its hash}.
 *
 * @param actor the account of whoever did it; empty: it came about by itself
 * @param roles those of their token, in alphabetical order, with commas
 * @param action the full name of a method, or of an act such as {@code money/refund}
 * @param subjectKind what it was done to, e.g. {@code event}
 * @param subjectId which one
 * @param event the event it concerns; null: none
 * @param reason why, in their words; empty: they did not say
 * @param details what else there is to say: strings, whole numbers, booleans, lists and objects of these
 * @param key names an act that could be noted twice, so that it is noted once; empty: it can't
 */
public record Act(
        String actor,
        String roles,
        String action,
        String subjectKind,
        String subjectId,
        @Nullable UUID event,
        String reason,
        JsonObject details,
        String key) {

    /** More of a request is not kept, only its hash. */
    private static final int MOST_OF_REQUEST = 16 * 1024;

    /** The caller of a method did this to something. */
    public static Act by(Call call, String subjectKind, Object subjectId) {
        String roles =
                call.principal().roles().stream().map(Role::claim).sorted().collect(Collectors.joining(","));
        return new Act(
                call.account(),
                roles,
                call.method(),
                subjectKind,
                subjectId.toString(),
                null,
                "",
                new JsonObject(),
                "");
    }

    /** The caller did this to an event. */
    public static Act byToEvent(Call call, UUID event) {
        return by(call, "event", event).about(event);
    }

    /** The caller did this to an account, of which only a hash is kept: the same as {@code erasures} have. */
    public static Act ofAccount(Call call, String account) {
        return by(call, "account", Hashes.hex(Hashes.sha256(account.getBytes(StandardCharsets.UTF_8))));
    }

    /** This came about by itself, as a consequence of something else. */
    public static Act byItself(String action, String subjectKind, Object subjectId) {
        return new Act("", "", action, subjectKind, subjectId.toString(), null, "", new JsonObject(), "");
    }

    /** It concerns this event. */
    public Act about(UUID concerned) {
        return new Act(actor, roles, action, subjectKind, subjectId, concerned, reason, details, key);
    }

    /** This was why. */
    public Act because(String why) {
        return new Act(actor, roles, action, subjectKind, subjectId, event, why, details, key);
    }

    /** It is noted once under this key, however often it is tried. */
    public Act once(String named) {
        return new Act(actor, roles, action, subjectKind, subjectId, event, reason, details, named);
    }

    /** One more detail. */
    public Act with(String name, Object value) {
        return new Act(
                actor,
                roles,
                action,
                subjectKind,
                subjectId,
                event,
                reason,
                details.copy().put(name, value),
                key);
    }

    /**
     * What was asked for, but for some fields; of a very long request only its hash. Only for requests without personal data.
     *
     * @param without fields that are left out, e.g. one with the reason
     */
    public Act asked(Message request, String... without) {
        Message.Builder kept = request.toBuilder();
        for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
            if (Arrays.asList(without).contains(field.getName())) {
                kept.clearField(field);
            }
        }
        Message rest = kept.build();
        if (rest.getSerializedSize() > MOST_OF_REQUEST) {
            return with("request_bytes", request.getSerializedSize())
                    .with("request_sha256", Hashes.hex(Hashes.sha256(request.toByteArray())));
        }
        try {
            return with(
                    "request",
                    new JsonObject(JsonFormat.printer()
                            .preservingProtoFieldNames()
                            .omittingInsignificantWhitespace()
                            .print(rest)));
        } catch (InvalidProtocolBufferException unprintable) {
            throw new IllegalStateException("A request without Any can be printed", unprintable);
        }
    }
}
