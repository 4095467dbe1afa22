package dev.onsale.command.inventory;

import dev.onsale.runtime.redis.Script;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The scripts of the ledger, one operation each. */
final class LedgerScripts {

    private final Map<Operation, Script> scripts = new EnumMap<>(Operation.class);

    private LedgerScripts(UnaryOperator<Script> change) {
        for (var operation : Operation.values()) {
            var file = "/redis/" + operation.name().toLowerCase(Locale.ROOT) + ".lua";
            scripts.put(operation, change.apply(Script.load(LedgerScripts.class, file)));
        }
    }

    static LedgerScripts load() {
        return new LedgerScripts(UnaryOperator.identity());
    }

    /** With every script changed: for tests that need another clock or a planted bug. */
    static LedgerScripts load(UnaryOperator<Script> change) {
        return new LedgerScripts(change);
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
        HOLD_SEATS,
        HOLD_BEST_AVAILABLE,
        HOLD_AREA,
        SWAP_HOLD,
        RETAKE,
        RELEASE_HOLD,
        WITHDRAW_HOLD,
        CLAIM_HOLD,
        EXTEND_HOLD,
        GET_HOLD,
        RESERVE,
        SELL,
        FREE,
        BLOCK,
        UNBLOCK,
        OPEN_WINDOW,
        CLOSE_WINDOW,
        SWEEP_EXPIRED,
        LOAD_EVENT,
        LOAD_HOLDS,
        LOAD_COMMIT
    }
}
