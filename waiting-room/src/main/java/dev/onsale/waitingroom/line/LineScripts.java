package dev.onsale.waitingroom.line;

import dev.onsale.runtime.redis.Script;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The scripts of the line, one operation each. */
final class LineScripts {

    private final Map<Operation, Script> scripts = new EnumMap<>(Operation.class);

    private LineScripts(UnaryOperator<Script> change) {
        for (var operation : Operation.values()) {
            var file = "/redis/line/" + operation.name().toLowerCase(Locale.ROOT) + ".lua";
            scripts.put(operation, change.apply(Script.load(LineScripts.class, file)));
        }
    }

    static LineScripts load() {
        return new LineScripts(UnaryOperator.identity());
    }

    /** With every script changed: for tests that need another clock or a planted bug. */
    static LineScripts load(UnaryOperator<Script> change) {
        return new LineScripts(change);
    }

    Script get(Operation operation) {
        var script = scripts.get(operation);
        if (script == null) {
            throw new IllegalStateException(operation.name());
        }
        return script;
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
        PAUSE,
        RESUME,
        CLOSE,
        SET_DRAIN
    }
}
