package dev.onsale.waitingroom.line;

/**
 * What a lobby was, up to an entry: SHA-1 over the digest before and the next fingerprint, for each entry in order, from
 * twenty zero bytes. Entries whose accounts were lost with a Redis count as a span: the first and the last of them, eight
 * bytes each, instead of a fingerprint.
 *
 * @param entries how many it is over
 * @param digest 20 bytes; empty if none was noted
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LobbyDigest(long entries, byte[] digest) {

    /** Nothing was noted. */
    public static final LobbyDigest NONE = new LobbyDigest(0, new byte[0]);

    /** The one over more entries. */
    public LobbyDigest max(LobbyDigest other) {
        return other.entries > entries ? other : this;
    }
}
