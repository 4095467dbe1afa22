package dev.onsale.payment.movement;

import io.vertx.sqlclient.Row;
import java.util.UUID;

/**
 * A place in the order of changes: behind this payment's change by this transaction.
 *
 * @param xid the transaction, an unsigned 64-bit number as text
 */
record FeedPlace(String xid, UUID payment) {
    private static final UUID LAST = new UUID(-1, -1);

    /** Before the first. */
    static final FeedPlace START = new FeedPlace("0", new UUID(0, 0));

    /** Behind everything a transaction wrote. */
    static FeedPlace behind(String xid) {
        return new FeedPlace(xid, LAST);
    }

    static FeedPlace of(Row change) {
        return new FeedPlace(change.getString("xid"), change.getUUID("id"));
    }

    /** Reads a token whose form was checked. */
    static FeedPlace parse(String token) {
        int end = token.indexOf('_');
        return new FeedPlace(token.substring(0, end), UUID.fromString(token.substring(end + 1)));
    }

    String token() {
        return xid + "_" + payment;
    }
}
