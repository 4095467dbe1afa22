package dev.onsale.command.saga;

import java.util.Locale;

/** Where a saga is on its way, as stored. */
enum SagaState {
    RUNNING,
    COMPENSATING,
    DONE,
    UNDONE;

    boolean ended() {
        return this == DONE || this == UNDONE;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SagaState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
