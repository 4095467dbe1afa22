/**
 * Admissions: the waiting room's word that an account may buy for an event, for as long as its session lasts.
 *
 * <p>The waiting room signs an {@link dev.onsale.runtime.admission.Admission}; the fan shows it with every call of the buy
 * path; {@link dev.onsale.runtime.admission.AdmissionVerifier} says whether it is genuine, this account's and this event's,
 * and, if it is bound to a device, whether the device itself has signed the call. What may have happened to it since
 * (revoked, used) the write side's gate knows.
 */
@NullMarked
package dev.onsale.runtime.admission;

import org.jspecify.annotations.NullMarked;
