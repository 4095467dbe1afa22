package dev.onsale.waitingroom.line;

/**
 * Somebody who joins.
 *
 * @param fingerprint of the account, see {@link Fingerprints}
 * @param knownEntry the entry of a valid place ticket the account brings; 0: none
 */
public record Arrival(long fingerprint, long knownEntry) {}
