package dev.onsale.waitingroom.room;

import dev.onsale.proto.waitingroom.v1.RoomState;
import java.util.Locale;

/** The states of a room by their names in PostgreSQL. */
public enum RoomStateName {
    /** Before the opening. */
    LOBBY,
    /** The line moves. */
    OPEN,
    /** The line stands still. */
    PAUSED,
    /** For good. */
    CLOSED;

    String sql() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RoomState toProto(String sql) {
        return RoomState.valueOf("ROOM_STATE_" + sql.toUpperCase(Locale.ROOT));
    }
}
