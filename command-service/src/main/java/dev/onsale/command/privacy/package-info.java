/**
 * Forgetting people: everything that is known of an account is removed or gets a pseudonym, in every store and service.
 *
 * <p>An order becomes a row in `erasures` and a saga ({@link dev.onsale.command.privacy.ErasureSaga}); each step may be repeated
 * and says what it removed, and the last one writes that down and forgets the account itself.
 */
@NullMarked
package dev.onsale.command.privacy;

import org.jspecify.annotations.NullMarked;
