package dev.onsale.waitingroom.line;

/**
 * A place in line, as a valid place ticket and the draw give it.
 *
 * @param entry the order of joining, from 1
 * @param position the place in the line, from 1; 0 as long as the lobby has not been drawn
 * @param fingerprint of the account, see {@link Fingerprints}
 */
public record Turn(long entry, long position, long fingerprint) {}
