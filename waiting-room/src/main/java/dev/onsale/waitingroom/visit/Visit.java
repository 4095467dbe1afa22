package dev.onsale.waitingroom.visit;

import dev.onsale.waitingroom.line.Turn;
import dev.onsale.waitingroom.live.LiveRoom;

/**
 * A visitor with a place ticket that was found to be its own.
 *
 * @param room the room
 * @param entry in which order it joined
 * @param fingerprint of its account
 */
record Visit(LiveRoom room, long entry, long fingerprint) {

    long position() {
        return room.position(entry);
    }

    Turn turn() {
        return new Turn(entry, position(), fingerprint);
    }

    String ticket() {
        return room.tickets().issue(entry, fingerprint);
    }
}
