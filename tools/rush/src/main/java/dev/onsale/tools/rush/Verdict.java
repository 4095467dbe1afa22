package dev.onsale.tools.rush;

import dev.onsale.testkit.Findings;
import java.util.List;

/**
 * What the audit found.
 *
 * @param findings PostgreSQL and the payments, by the ledger audit
 * @param soldTwice seats that two fans were told are theirs
 * @param brokenPromises bookings a fan was told are confirmed and that are not
 * @param strayPayments payments at the provider that belong to no booking
 * @param redis where Redis differs from PostgreSQL
 * @param readSide where the read side differs from PostgreSQL
 * @param unbalanced 1 if sold seats, tickets and money don't add up, else 0
 * @param books what PostgreSQL says
 * @param takenMinor what the provider took and kept, in minor units
 * @param details one line a finding
 */
record Verdict(
        Findings findings,
        int soldTwice,
        int brokenPromises,
        int strayPayments,
        int redis,
        int readSide,
        int unbalanced,
        EventBooks books,
        long takenMinor,
        List<String> details) {

    boolean clean() {
        return findings.clean() && soldTwice + brokenPromises + strayPayments + redis + readSide + unbalanced == 0;
    }
}
