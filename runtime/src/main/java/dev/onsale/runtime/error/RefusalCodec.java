package dev.onsale.runtime.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.onsale.proto.error.v1.ErrorReason;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refusals as they travel: a {@code google.rpc.Status} with {@code ErrorInfo}, {@code BadRequest} and {@code RetryInfo},
 * in the trailer {@code grpc-status-details-bin}.
 */
public final class RefusalCodec {

    /** The trailer that carries the details. */
    public static final String TRAILER = "grpc-status-details-bin";

    /** The domain of all our reasons. */
    public static final String DOMAIN = "onsale.dev";

    /** A trailer block above about 8 KB is refused by common clients; details that don't fit are left out. */
    private static final int MAX_DETAILS_BYTES = 5 * 1024;

    private static final String PREFIX = "ERROR_REASON_";

    private RefusalCodec() {}

    /** The refusal as a status with all its details. */
    public static Status toStatus(Refusal refusal) {
        var status = base(refusal).addDetails(Any.pack(errorInfo(refusal, refusal.metadata())));
        addMore(status, refusal);
        var whole = status.build();
        return whole.getSerializedSize() <= MAX_DETAILS_BYTES ? whole : small(refusal);
    }

    /** The value of the trailer: the status in base64 without padding. */
    public static String toTrailer(Refusal refusal) {
        return Base64.getEncoder()
                .withoutPadding()
                .encodeToString(toStatus(refusal).toByteArray());
    }

    /** The message as it travels: without the characters that some clients show escaped. */
    public static String message(Refusal refusal) {
        var text = refusal.text();
        var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 32 && c < 127 && ":/?&%".indexOf(c) < 0;
            clean.append(plain ? c : ' ');
        }
        return clean.toString();
    }

    /**
     * The refusal a failed call carried.
     *
     * @param status the code of the call
     * @param message the message of the call
     * @param trailer the value of {@link #TRAILER}, if there was one
     */
    public static Refusal decode(GrpcStatus status, @Nullable String message, @Nullable String trailer) {
        var text = message == null ? status.name() : message;
        var fallback = new Refusal(ReasonStatus.nearest(status), status, text, Map.of(), List.of(), null);
        if (trailer == null) {
            return fallback;
        }
        try {
            return decode(status, text, Status.parseFrom(Base64.getDecoder().decode(trailer)));
        } catch (IllegalArgumentException | InvalidProtocolBufferException notOurs) {
            return fallback;
        }
    }

    private static Refusal decode(GrpcStatus code, String text, Status status) throws InvalidProtocolBufferException {
        var reason = ReasonStatus.nearest(code);
        Map<String, String> metadata = Map.of();
        List<FieldFault> fields = new ArrayList<>();
        Duration retryAfter = null;
        for (Any detail : status.getDetailsList()) {
            if (detail.is(ErrorInfo.class)) {
                var info = detail.unpack(ErrorInfo.class);
                reason = reasonOf(info, reason);
                metadata = new LinkedHashMap<>(info.getMetadataMap());
            } else if (detail.is(BadRequest.class)) {
                for (var violation : detail.unpack(BadRequest.class).getFieldViolationsList()) {
                    fields.add(new FieldFault(violation.getField(), violation.getDescription()));
                }
            } else if (detail.is(RetryInfo.class)) {
                retryAfter = Duration.ofMillis(
                        Durations.toMillis(detail.unpack(RetryInfo.class).getRetryDelay()));
            }
        }
        var words = status.getMessage().isEmpty() ? text : status.getMessage();
        return new Refusal(reason, code, words, metadata, fields, retryAfter);
    }

    private static ErrorReason reasonOf(ErrorInfo info, ErrorReason fallback) {
        if (!info.getDomain().equals(DOMAIN)) {
            return fallback;
        }
        var value = ErrorReason.getDescriptor().findValueByName(PREFIX + info.getReason());
        return value == null ? fallback : ErrorReason.valueOf(value);
    }

    private static Status.Builder base(Refusal refusal) {
        return Status.newBuilder().setCode(refusal.status().code).setMessage(message(refusal));
    }

    private static Message errorInfo(Refusal refusal, Map<String, String> metadata) {
        return ErrorInfo.newBuilder()
                .setReason(refusal.reasonName())
                .setDomain(DOMAIN)
                .putAllMetadata(metadata)
                .build();
    }

    private static void addMore(Status.Builder status, Refusal refusal) {
        if (!refusal.fields().isEmpty()) {
            var bad = BadRequest.newBuilder();
            for (var fault : refusal.fields()) {
                bad.addFieldViolationsBuilder().setField(fault.path()).setDescription(fault.description());
            }
            status.addDetails(Any.pack(bad.build()));
        }
        addRetry(status, refusal);
    }

    private static void addRetry(Status.Builder status, Refusal refusal) {
        var delay = refusal.retryAfter();
        if (delay != null) {
            var info = RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(delay.toMillis()));
            status.addDetails(Any.pack(info.build()));
        }
    }

    private static Status small(Refusal refusal) {
        var status = base(refusal).addDetails(Any.pack(errorInfo(refusal, Map.of("truncated", "true"))));
        addRetry(status, refusal);
        return status.build();
    }
}
