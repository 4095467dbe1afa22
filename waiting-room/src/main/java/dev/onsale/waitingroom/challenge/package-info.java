/**
 * What a fan has to do before it may join. A room's kind of challenge is one of the {@link
 * dev.onsale.waitingroom.challenge.Challenges} of the {@link dev.onsale.waitingroom.challenge.ChallengeDesk}: nothing, a
 * proof of work as ALTCHA's widget solves it, or the CAPTCHA of a provider whose {@code siteverify} page is asked. What
 * happens when the provider does not answer is the deployment's explicit choice.
 */
@NullMarked
package dev.onsale.waitingroom.challenge;

import org.jspecify.annotations.NullMarked;
