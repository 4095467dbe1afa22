/**
 * Proofs of work in the format of ALTCHA (SHA-256, version 1 of the protocol), for services that ask for one in a refusal. Nothing is
 * stored: a challenge carries what it is bound to, its end and its signature.
 */
@NullMarked
package dev.onsale.runtime.challenge;

import org.jspecify.annotations.NullMarked;
