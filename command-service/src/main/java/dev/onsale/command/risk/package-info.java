/**
 * Who looks like a scalper. Off unless {@code risk.mode} says otherwise.
 *
 * <p>A call that wants seats (CreateHold, SwapHold) or a booking (CreateBooking) passes {@link dev.onsale.command.risk.Risk} after the
 * gate and before its handler. {@link dev.onsale.command.risk.RiskMeter} measures it by one script in Redis; {@link
 * dev.onsale.command.risk.Signals} turn measures into a score; {@link dev.onsale.command.risk.RiskDesk} makes a verdict of it, which
 * {@link dev.onsale.command.risk.VerdictLog} writes behind the call. Support reads verdicts and overrules them by {@link
 * dev.onsale.command.risk.RiskRpc}.
 */
@NullMarked
package dev.onsale.command.risk;

import org.jspecify.annotations.NullMarked;
