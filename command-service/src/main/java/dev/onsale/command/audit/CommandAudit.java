package dev.onsale.command.audit;

import dev.onsale.runtime.audit.AuditLog;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The chains of this service. What people do is one chain: it is little, and its order is worth having. Money moves as often as
 * bookings are made, and entries of one chain wait for each other's commit: so it has several, and which one depends on the
 * booking, not on the event, whose bookings all come at once.
 */
public final class CommandAudit {
    /** The name of the log. */
    public static final String LOG = "command";

    /** Acts of people and services. */
    public static final AuditLog ADMIN = new AuditLog(LOG + "/admin");

    /** Never to be changed: an act is noted once in the chain of its booking. */
    private static final int MONEY_CHAINS = 16;

    private static final List<AuditLog> MONEY = IntStream.range(0, MONEY_CHAINS)
            .mapToObj(number -> new AuditLog("%s/money-%02d".formatted(LOG, number)))
            .toList();

    private CommandAudit() {}

    /** Movements of the money of a booking; of a payment without one, by the payment. */
    public static AuditLog money(UUID bookingOrPayment) {
        return MONEY.get(Math.floorMod(bookingOrPayment.getLeastSignificantBits(), MONEY_CHAINS));
    }
}
