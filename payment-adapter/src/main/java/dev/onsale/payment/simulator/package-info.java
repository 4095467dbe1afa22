/**
 * A payment provider that moves no money: a bank of our own, behind an asynchronous boundary. What happens is chosen by the
 * payment token ({@link dev.onsale.payment.simulator.Behaviour}); every effect is a line in the bank's own append-only
 * ledger file, forced to disk before anybody is answered. The ledger is no part of our tables: audits take it as the truth
 * about money.
 *
 * <p>A call passes {@code SimulatorProvider} (which may lose or delay it, or lose its answer) {@code -> SimulatorBank} (one
 * thread: state, then file, then answers) {@code -> LedgerFile}.
 */
@NullMarked
package dev.onsale.payment.simulator;

import org.jspecify.annotations.NullMarked;
