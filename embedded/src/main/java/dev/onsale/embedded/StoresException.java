package dev.onsale.embedded;

import org.jspecify.annotations.Nullable;

/** A store could not be started, reached or stopped. The message says which one, why, and what to do. */
public final class StoresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoresException(String message) {
        super(message);
    }

    StoresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
