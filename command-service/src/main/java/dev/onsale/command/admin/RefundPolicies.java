package dev.onsale.command.admin;

import com.google.protobuf.util.Durations;
import dev.onsale.command.catalog.RefundPolicy;
import dev.onsale.command.catalog.RefundWindow;
import dev.onsale.runtime.money.Money;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Refund policies, between the wire and their table. */
final class RefundPolicies {
    private static final Sql SET_REFUND_POLICY = Sql.load(RefundPolicies.class, "set-refund-policy.sql");
    private static final Sql CURRENT_REFUND_POLICIES = Sql.load(RefundPolicies.class, "current-refund-policies.sql");

    private RefundPolicies() {}

    /** Reads a policy from the wire, for an event sold in this currency. */
    static RefundPolicy check(
            dev.onsale.proto.catalog.v1.RefundPolicy policy, String currency, String path, FieldFaults faults) {
        List<RefundWindow> windows = new ArrayList<>();
        for (int i = 0; i < policy.getWindowsCount(); i++) {
            String at = path + ".windows[" + i + "]";
            RefundWindow window = window(policy.getWindows(i), currency, at, faults);
            if (i > 0 && windows.getLast().closesBefore().compareTo(window.closesBefore()) <= 0) {
                faults.add(at + ".closes_before", "must be shorter than that of the window before");
            }
            windows.add(window);
        }
        return new RefundPolicy(0, windows);
    }

    private static RefundWindow window(
            dev.onsale.proto.catalog.v1.RefundWindow window, String currency, String path, FieldFaults faults) {
        return new RefundWindow(
                Duration.ofMillis(Durations.toMillis(window.getClosesBefore())),
                window.hasFeePerTicket()
                        ? fee(window.getFeePerTicket(), currency, path + ".fee_per_ticket", faults)
                        : 0,
                window.getFeeBasisPoints(),
                window.getKeepsFee());
    }

    private static long fee(com.google.type.Money proto, String currency, String path, FieldFaults faults) {
        Optional<Money> fee = Money.parse(proto)
                .filter(money -> money.currency().equals(currency))
                .filter(money -> money.minor() >= 0 && money.minor() <= TierPrices.MOST_MINOR);
        if (fee.isEmpty()) {
            faults.add(
                    path, "must be an amount of " + currency + " from 0 to " + TierPrices.MOST_MINOR + " minor units");
        }
        return fee.map(Money::minor).orElse(0L);
    }

    /** The event has another policy from now on. */
    static Future<Void> set(SqlConnection connection, UUID eventId, RefundPolicy policy) {
        return SET_REFUND_POLICY
                .run(connection, Tuple.of(eventId, policy.toJson()))
                .mapEmpty();
    }

    /** The current policy of each event, for the wire. */
    static Future<Map<UUID, dev.onsale.proto.catalog.v1.RefundPolicy>> current(SqlClient client, UUID[] events) {
        return CURRENT_REFUND_POLICIES
                .run(client, Tuple.tuple().addArrayOfUUID(events))
                .map(rows -> {
                    Map<UUID, dev.onsale.proto.catalog.v1.RefundPolicy> found = new HashMap<>();
                    rows.forEach(row -> found.put(
                            row.getUUID("event_id"),
                            view(RefundPolicy.of(row, "policy_version", "windows"), row.getString("currency"))));
                    return found;
                });
    }

    private static dev.onsale.proto.catalog.v1.RefundPolicy view(RefundPolicy policy, String currency) {
        var view = dev.onsale.proto.catalog.v1.RefundPolicy.newBuilder().setVersion(policy.version());
        policy.windows()
                .forEach(window -> view.addWindows(dev.onsale.proto.catalog.v1.RefundWindow.newBuilder()
                        .setClosesBefore(
                                Durations.fromMillis(window.closesBefore().toMillis()))
                        .setFeePerTicket(new Money(currency, window.feeMinor()).toProto())
                        .setFeeBasisPoints(window.feeBasisPoints())
                        .setKeepsFee(window.keepsFee())));
        return view.build();
    }
}
