package dev.onsale.waitingroom.live;

import dev.onsale.proto.gate.v1.GetSaleReportResponse;
import dev.onsale.runtime.config.Config;
import dev.onsale.waitingroom.room.RoomRules;
import dev.onsale.waitingroom.time.Times;
import java.time.Duration;

/**
 * The next rate of an adaptive room: a little more as long as the write side is well, much less as soon as it is not
 * (additive increase, multiplicative decrease); and no more shoppers inside than the seats that are left, or are expected
 * back from holds, can serve.
 *
 * @param slow a p99 above this means that the write side is not well; too low starves the sale, too high lets it drown
 * @param errorPercent a share of failed calls above this means the same
 * @param ticketsEach how many tickets a shopper is expected to take
 * @param returnPercent how many of the seats in holds are expected back
 */
public record AdaptiveDrain(Duration slow, int errorPercent, int ticketsEach, int returnPercent) {

    private static final double DECREASE = 0.7;
    private static final double INCREASE_SHARE = 0.05;
    private static final double LEAST_SHARE = 0.01;
    private static final int PERCENT = 100;

    /** Reads {@code adaptive.*}. */
    public static AdaptiveDrain from(Config config) {
        return new AdaptiveDrain(
                config.duration("adaptive.p99", Duration.ofMillis(500), Duration.ofMillis(1), Duration.ofMinutes(1)),
                config.integer("adaptive.error-percent", 2, 0, PERCENT),
                config.integer("adaptive.tickets-each", 2, 1, 20),
                config.integer("adaptive.return-percent", 30, 0, PERCENT));
    }

    /** A rate in visitors a second, and how many may be inside. */
    record Drain(double rate, int maxActive) {}

    Drain next(RoomRules rules, double rate, GetSaleReportResponse report) {
        double next = isWell(report) ? rate + rules.drainRate() * INCREASE_SHARE : rate * DECREASE;
        double least = Math.max(1, rules.drainRate() * LEAST_SHARE);
        return new Drain(Math.clamp(next, least, Math.max(least, rules.drainRate())), inside(rules, report));
    }

    private boolean isWell(GetSaleReportResponse report) {
        boolean fast = !report.hasP99() || Times.duration(report.getP99()).compareTo(slow) <= 0;
        return fast && report.getErrorRate() * PERCENT <= errorPercent;
    }

    /** Those whose seats are in a hold or a checkout are inside already; as many more as can still be served. */
    private int inside(RoomRules rules, GetSaleReportResponse report) {
        long expected = report.getFree() + report.getHeld() * returnPercent / PERCENT;
        long shoppers = shoppers(expected) + shoppers(report.getHeld() + report.getReserved());
        return Math.clamp(shoppers, 1, rules.maxActive());
    }

    private long shoppers(long seats) {
        return (seats + ticketsEach - 1) / ticketsEach;
    }
}
