package dev.onsale.waitingroom.room;

import dev.onsale.runtime.audit.AuditLog;

/** The audit log of the waiting rooms: one chain, for what operators do with them. */
public final class RoomAudit {
    /** The name of the log. */
    public static final String LOG = "waiting-room";

    /** What operators do. */
    public static final AuditLog ADMIN = new AuditLog(LOG + "/admin");

    private RoomAudit() {}
}
