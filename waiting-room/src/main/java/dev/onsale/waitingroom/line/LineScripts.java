package dev.onsale.waitingroom.line;

import dev.onsale.runtime.redis.Script;
import dev.onsale.runtime.redis.Scripts;
import java.util.function.UnaryOperator;

/** The scripts of the line, one operation each. */
final class LineScripts {

    private static final String FOLDER = "/redis/line/";

    private LineScripts() {}

    static Scripts<Operation> load() {
        return Scripts.load(Operation.class, FOLDER);
    }

    /** With every script changed: for tests that need another clock or a planted bug. */
    static Scripts<Operation> load(UnaryOperator<Script> change) {
        return Scripts.load(Operation.class, FOLDER, change);
    }

    /** One for each file. */
    enum Operation {
        OPEN_LINE,
        JOIN,
        FREEZE,
        START,
        TICK,
        SETTLE,
        CLAIM,
        REENTER,
        LEAVE,
        FINISH,
        END_SESSION,
        FIND_ENTRY,
        PAUSE,
        RESUME,
        CLOSE,
        SET_DRAIN
    }
}
