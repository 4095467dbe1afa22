/**
 * A mutation fuzzer for a whole running system: frames, tokens, webhooks and HTTP, drawn from a seed. {@link
 * dev.onsale.standalone.fuzz.Deck} draws inputs, {@link dev.onsale.standalone.fuzz.Fuzzer} sends them and judges the answers,
 * {@link dev.onsale.standalone.fuzz.StoresDigest} tells whether anything has changed.
 */
@NullMarked
package dev.onsale.standalone.fuzz;

import org.jspecify.annotations.NullMarked;
