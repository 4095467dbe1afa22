package dev.onsale.command.risk;

/**
 * Something an account shows that others may show too.
 *
 * @param kind what it is
 * @param hash a keyed hash of it, another for each event
 */
record Trait(Kind kind, String hash) {
    /** What it is. */
    enum Kind {
        DEVICE,
        PAYMENT,
        EMAIL,
        PHONE
    }
}
