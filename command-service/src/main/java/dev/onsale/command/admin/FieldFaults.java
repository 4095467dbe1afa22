package dev.onsale.command.admin;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;

/** The faults of a request that the rules of its proto can't express, all of them. */
final class FieldFaults {
    private Refusal refusal =
            Refusal.of(ErrorReason.ERROR_REASON_INVALID_FIELD, "The request has fields that don't fit together");

    void add(String path, String description) {
        refusal = refusal.field(path, description);
    }

    boolean isEmpty() {
        return refusal.fields().isEmpty();
    }

    <T> Future<T> future() {
        return refusal.future();
    }

    Refusal refusal() {
        return refusal;
    }
}
