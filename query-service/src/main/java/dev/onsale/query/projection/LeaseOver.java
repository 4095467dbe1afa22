package dev.onsale.query.projection;

/** The lease of the shards under work is over: whoever has it now takes over what was not finished. */
final class LeaseOver extends RuntimeException {
    private static final long serialVersionUID = 1;

    LeaseOver() {
        super("The lease is over", null, false, false);
    }
}
