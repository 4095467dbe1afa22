package dev.onsale.payment.movement;

/** The four money verbs, and asking. */
enum Verb {
    AUTHORIZE,
    CAPTURE,
    VOID,
    REFUND,
    QUERY;

    /** As stored and shown. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Verb of(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
}
