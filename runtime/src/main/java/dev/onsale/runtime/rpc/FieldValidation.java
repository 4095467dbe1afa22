package dev.onsale.runtime.rpc;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the rules written in the protos. Built once at the start, for the requests of all services. */
public final class FieldValidation {

    private static final int MAX_REPORTED = 20;
    private static final long FARTHEST_SECONDS = 253_402_300_800L; // The end of the year 9999.

    private final Validator validator;

    private FieldValidation(Validator validator) {
        this.validator = validator;
    }

    /** Compiles the rules of these messages now, so that a bad rule fails the start and not a call. */
    public static FieldValidation of(List<Descriptor> requests) {
        var config = Config.newBuilder().setEnableNativeRules(true).build();
        try {
            return new FieldValidation(
                    ValidatorFactory.newBuilder().withConfig(config).buildWithDescriptors(requests, false));
        } catch (CompilationException e) {
            throw new IllegalStateException("A rule in a proto is wrong", e);
        }
    }

    /** The refusal that names each broken rule, or null if none is broken. */
    public @Nullable Refusal check(Message request) {
        ValidationResult result;
        try {
            result = validator.validate(request);
        } catch (ValidationException e) {
            throw new IllegalStateException("A rule in a proto can't be checked", e);
        } catch (DateTimeException | ArithmeticException beyond) {
            return impossibleTime(request); // The rules see times as Java does, and some on the wire are none in Java.
        }
        return result.isSuccess() ? null : refusal(result);
    }

    private static Refusal refusal(ValidationResult result) {
        var refusal = Refusal.of(ErrorReason.ERROR_REASON_INVALID_FIELD, "The request has invalid fields");
        for (var violation : result.getViolations().stream().limit(MAX_REPORTED).toList()) {
            var proto = violation.toProto();
            var text = proto.getMessage().isEmpty() ? proto.getRuleId() : proto.getMessage();
            refusal = refusal.field(path(proto.getField()), text);
        }
        return refusal;
    }

    private static Refusal impossibleTime(Message request) {
        var refusal = Refusal.of(ErrorReason.ERROR_REASON_INVALID_FIELD, "The request has a time that can't be");
        for (var field : request.getAllFields().entrySet()) {
            if (field.getValue() instanceof Timestamp time && isBeyond(time)) {
                refusal = refusal.field(field.getKey().getName(), "must be a time from the year 1 to 9999");
            }
        }
        return refusal;
    }

    private static boolean isBeyond(Timestamp time) {
        return time.getSeconds() >= FARTHEST_SECONDS || time.getSeconds() <= -FARTHEST_SECONDS;
    }

    private static String path(FieldPath path) {
        var text = new StringBuilder();
        for (FieldPathElement element : path.getElementsList()) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(element.getFieldName());
            switch (element.getSubscriptCase()) {
                case INDEX -> text.append('[').append(element.getIndex()).append(']');
                case STRING_KEY ->
                    text.append("[\"").append(element.getStringKey()).append("\"]");
                case INT_KEY -> text.append('[').append(element.getIntKey()).append(']');
                case UINT_KEY -> text.append('[').append(element.getUintKey()).append(']');
                case BOOL_KEY -> text.append('[').append(element.getBoolKey()).append(']');
                case SUBSCRIPT_NOT_SET -> {}
            }
        }
        return text.toString();
    }
}
