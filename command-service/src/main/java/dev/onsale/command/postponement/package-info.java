/**
 * Events that were put off: who has tickets is told. An operator's call ({@code PostponeEvent}, in {@code admin}) changes the
 * event and begins the saga ({@link dev.onsale.command.postponement.PostponementSaga}) in one transaction. The saga lets tickets
 * in again that were let in before, and sends the mails, so many bookings a second, remembering after which booking it is.
 */
@NullMarked
package dev.onsale.command.postponement;

import org.jspecify.annotations.NullMarked;
