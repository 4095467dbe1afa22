/**
 * Admissions, as this side issues them: tokens that the write side believes without asking back.
 *
 * <p>{@link dev.onsale.waitingroom.admission.AdmissionIssuer} signs them; {@link
 * dev.onsale.waitingroom.admission.AdmissionKeys} are its keys, in PostgreSQL, the same for all nodes. Keys are followed by
 * new ones now and then: the next is shown for a minute before it signs, the last until every session it opened is over.
 */
@NullMarked
package dev.onsale.waitingroom.admission;

import org.jspecify.annotations.NullMarked;
