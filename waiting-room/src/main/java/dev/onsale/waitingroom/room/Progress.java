package dev.onsale.waitingroom.room;

/**
 * How far a line has come. Both only ever go up.
 *
 * @param joined entries given
 * @param served last position called
 */
public record Progress(long joined, long served) {

    /** Nobody has joined. */
    public static final Progress NONE = new Progress(0, 0);

    /** The farther of the two, in each. */
    public Progress max(Progress other) {
        return new Progress(Math.max(joined, other.joined), Math.max(served, other.served));
    }
}
