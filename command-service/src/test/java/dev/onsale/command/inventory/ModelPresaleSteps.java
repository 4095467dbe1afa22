package dev.onsale.command.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Random presales, and random rights in them. Code k is of presale 1 + k % 3 and has 1 + k % 2 uses; a few are about at a time, the
 * last one revoked among them.
 */
final class ModelPresaleSteps {
    private static final int PRESALES = 3;
    private static final int CODES = 6;

    private final ModelRun run;
    private final InventoryModel model;
    private final Random random;
    private int revoked;

    ModelPresaleSteps(ModelRun run, Random random) {
        this.run = run;
        this.model = run.model;
        this.random = random;
    }

    void step() {
        if (random.nextInt(6) == 0) {
            long code = ++revoked;
            model.presales.revoke(code);
            ModelRun.await(run.seats.revokeCodes(run.eventId, java.util.List.of(code), null));
            return;
        }
        model.open = true;
        model.start = model.now + 100 + random.nextInt(200);
        model.end = Long.MAX_VALUE / 2;
        ModelRun.await(run.seats.openWindow(run.eventId, run.terms()));
        var all = new ArrayList<PresaleTerms>();
        for (int number = 1; number <= PRESALES; number++) {
            if (random.nextInt(3) > 0) {
                all.add(presale(number));
            }
        }
        model.presales.all = all;
        run.setPresales();
    }

    private PresaleTerms presale(int number) {
        long start = model.now + random.nextInt(20) - 10;
        var access = java.util.List.of(PresaleAccess.values()).get(random.nextInt(3));
        boolean everything = random.nextInt(3) > 0;
        int half = ModelRun.LAYOUT.length() / 2;
        int from = random.nextInt(half);
        return new PresaleTerms(
                number,
                Instant.ofEpochMilli(start),
                Instant.ofEpochMilli(start + 1 + random.nextInt(250)),
                access,
                random.nextInt(3) == 0 ? OptionalInt.of(1 + random.nextInt(12)) : OptionalInt.empty(),
                random.nextInt(3) == 0 ? OptionalInt.of(1 + random.nextInt(5)) : OptionalInt.empty(),
                everything ? "" : from + "-" + (from + 9) + "," + (half + from / 2) + "-" + (half + from / 2 + 7),
                everything ? "" : random.nextInt(2) == 0 ? "1" : "0,1");
    }

    /** What a fan is said to be allowed; sometimes nobody has looked. */
    PresaleRights rights(int fan) {
        if (random.nextInt(5) == 0) {
            return PresaleRights.UNKNOWN;
        }
        var rights = PresaleRights.of("h-" + fan);
        for (int number = 1; number <= PRESALES; number++) {
            rights = random.nextInt(3) == 0 ? rights.listed(number) : rights;
        }
        int code = Math.max(1, revoked) + random.nextInt(CODES);
        return random.nextInt(2) == 0 ? rights : rights.withCode(1 + code % PRESALES, code, 1 + code % 2);
    }
}
