package dev.onsale.testkit;

import java.util.List;

/**
 * What an audit of one event found wrong. All zero: nothing.
 *
 * @param oversold seats or places sold more than once or beyond a capacity
 * @param stuckSeats seats or places that are neither free nor anybody's
 * @param unmatchedPayments payments whose money differs from what their booking says
 * @param ticketFaults sold seats without a ticket, tickets without a sold seat
 * @param overLimit accounts with more tickets than the event allows
 * @param unfinished sagas that have not ended
 * @param details one line a finding, the first hundred
 */
public record Findings(
        int oversold,
        int stuckSeats,
        int unmatchedPayments,
        int ticketFaults,
        int overLimit,
        int unfinished,
        List<String> details) {

    /** Nothing was found. */
    public boolean clean() {
        return oversold + stuckSeats + unmatchedPayments + ticketFaults + overLimit + unfinished == 0;
    }
}
