package dev.onsale.runtime.error;

import dev.onsale.proto.error.v1.ErrorReason;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An expected "no" on its way to the caller: a reason a program can act on, a sentence for a developer, and details.
 *
 * <p>Fail a handler's future with it, or throw it. It has no stack trace: it is an answer, not a bug. Immutable; each
 * {@code with...} method answers a new one.
 */
public final class Refusal extends RuntimeException {

    private static final String PREFIX = "ERROR_REASON_";

    private final ErrorReason reason;
    private final GrpcStatus status;
    private final String text;
    private final Map<String, String> metadata;
    private final List<FieldFault> fields;
    private final @Nullable Duration retryAfter;

    Refusal(
            ErrorReason reason,
            GrpcStatus status,
            String text,
            Map<String, String> metadata,
            List<FieldFault> fields,
            @Nullable Duration retryAfter) {
        super(reason.name().replace(PREFIX, "") + " " + text + " " + metadata + fields, null, false, false);
        this.reason = reason;
        this.status = status;
        this.text = text;
        this.metadata = metadata;
        this.fields = fields;
        this.retryAfter = retryAfter;
    }

    /**
     * A refusal with the reason's own status code.
     *
     * @param message one sentence for a developer, without {@code : / ? &} (some clients show them escaped) and without
     *     anything the caller didn't send
     */
    public static Refusal of(ErrorReason reason, String message) {
        return new Refusal(reason, ReasonStatus.of(reason), message, Map.of(), List.of(), null);
    }

    /** A store or service behind this one can't be reached; the caller may try again after a second. */
    public static Refusal unavailable(String dependency) {
        return of(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE, "A part of the service can't be reached")
                .with("dependency", dependency)
                .retryAfter(Duration.ofSeconds(1));
    }

    /** No such thing, or it is somebody else's. */
    public static Refusal notFound(String what) {
        return of(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND, "No such " + what);
    }

    /** A field of the request breaks a rule. */
    public static Refusal invalid(String path, String description) {
        return of(ErrorReason.ERROR_REASON_INVALID_FIELD, "The request has an invalid field")
                .field(path, description);
    }

    /** The same refusal with one more entry in its metadata. */
    public Refusal with(String key, Object value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(key, String.valueOf(value));
        return new Refusal(reason, status, text, more, fields, retryAfter);
    }

    /** The same refusal, telling the caller how long to wait before trying again. */
    public Refusal retryAfter(Duration delay) {
        return new Refusal(reason, status, text, metadata, fields, delay);
    }

    /** The same refusal with one more field that breaks a rule. */
    public Refusal field(String path, String description) {
        var more = new ArrayList<>(fields);
        more.add(new FieldFault(path, description));
        return new Refusal(reason, status, text, metadata, more, retryAfter);
    }

    /** The same refusal under another status code than its reason usually has. */
    public Refusal status(GrpcStatus other) {
        return new Refusal(reason, other, text, metadata, fields, retryAfter);
    }

    /** A future that failed with this refusal. */
    public <T> Future<T> future() {
        return Future.failedFuture(this);
    }

    /** Why. */
    public ErrorReason reason() {
        return reason;
    }

    /** The reason as it travels, e.g. {@code SEAT_TAKEN}. */
    public String reasonName() {
        var name = reason.name();
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    /** The status code it travels with. */
    public GrpcStatus status() {
        return status;
    }

    /** The sentence for a developer. */
    public String text() {
        return text;
    }

    /** Facts a program can act on, e.g. {@code seats}. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The fields that break a rule; empty unless the reason is about fields. */
    public List<FieldFault> fields() {
        return fields;
    }

    /** How long the caller should wait before trying again; null if waiting won't help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
