package dev.onsale.command.inventory;

import dev.onsale.runtime.redis.Script;
import dev.onsale.runtime.redis.Scripts;
import java.util.function.UnaryOperator;

/** The scripts of the ledger, one operation each. */
final class LedgerScripts {

    private static final String FOLDER = "/redis/";

    private LedgerScripts() {}

    static Scripts<Operation> load() {
        return Scripts.load(Operation.class, FOLDER);
    }

    /** With every script changed: for tests that need another clock or a planted bug. */
    static Scripts<Operation> load(UnaryOperator<Script> change) {
        return Scripts.load(Operation.class, FOLDER, change);
    }

    /** One for each file. */
    enum Operation {
        HOLD_SEATS,
        HOLD_BEST_AVAILABLE,
        HOLD_AREA,
        SWAP_HOLD,
        RETAKE,
        OVERRIDE_HOLD,
        RELEASE_HOLD,
        WITHDRAW_HOLD,
        CLAIM_HOLD,
        EXTEND_HOLD,
        GET_HOLD,
        RENAME_HOLDER,
        RESERVE,
        SELL,
        FREE,
        BLOCK,
        UNBLOCK,
        OPEN_WINDOW,
        CLOSE_WINDOW,
        SET_PRESALES,
        REVOKE_CODES,
        WITHDRAW_ENTRY,
        SWEEP_EXPIRED,
        REPAIR_PLACES,
        LOAD_EVENT,
        LOAD_HOLDS,
        LOAD_PRESALES,
        LOAD_COMMIT
    }
}
