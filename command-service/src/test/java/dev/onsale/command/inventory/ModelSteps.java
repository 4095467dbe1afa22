package dev.onsale.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.catalog.seatmap.OrdinalRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random steps: each does the same thing to Redis and to the model, and compares the answers. */
final class ModelSteps {
    private static final List<String> FANS = List.of("ann", "bob|x", "c@d.e", "dan", "eve", "fay");

    private final ModelRun run;
    private final InventoryModel model;
    private final Random random;
    private final List<HoldRequest> requests = new ArrayList<>();
    private final List<Choice> choices = new ArrayList<>();
    private final ModelPresaleSteps presales;
    private int ids;

    ModelSteps(ModelRun run, Random random) {
        this.run = run;
        this.model = run.model;
        this.random = random;
        this.presales = new ModelPresaleSteps(run, random);
    }

    void step() {
        run.setClock(model.now + advance());
        switch (random.nextInt(27)) {
            case 0, 1, 2, 3 -> hold(seats());
            case 4, 5, 6, 7 -> hold(best());
            case 8 -> hold(area());
            case 9 -> repeat();
            case 10, 11 -> swap();
            case 12 -> release();
            case 13, 14, 15 -> claim();
            case 16, 17 -> book(HoldState.RESERVED);
            case 18 -> book(HoldState.SOLD);
            case 19, 20 -> free();
            case 21 -> block();
            case 22 -> lookAndSweep();
            case 23 -> retake();
            case 24 -> override();
            case 25 -> presales.step();
            default -> window();
        }
    }

    /** Mostly little; sometimes to the very end of a hold or one before it; rarely an hour, when ended holds are forgotten. */
    private long advance() {
        int dice = random.nextInt(300);
        if (dice == 0) {
            return InventoryModel.ENDED_MILLIS;
        }
        if (dice > 100) {
            return random.nextInt(6);
        }
        long next = model.holds.values().stream()
                .filter(ModelHold::live)
                .mapToLong(hold -> hold.expires - dice % 2)
                .filter(time -> time > model.now)
                .min()
                .orElse(model.now + 20);
        return next - model.now;
    }

    private void hold(Choice choice) {
        var id = HoldId.of(run.eventId, "seed", "r" + ids++);
        var fan = fan();
        var request = new HoldRequest(id, fan, "body" + ids, 1 + random.nextInt(3), random.nextInt(3) == 0, null);
        hold(request.with(presales.rights(FANS.indexOf(fan))), choice);
    }

    private void hold(HoldRequest request, Choice choice) {
        requests.add(request);
        choices.add(choice);
        var expected = model.hold(request, choice);
        assertThat(ModelRun.await(run.seats.hold(request, choice)))
                .as("%s %s", request, choice)
                .isEqualTo(expected);
        boolean refused = expected instanceof HoldOutcome.Taken
                || expected instanceof HoldOutcome.SoldOut
                || expected instanceof HoldOutcome.NotAdjacent
                || expected instanceof HoldOutcome.LimitReached;
        assertThat(refused && !model.due().isEmpty())
                .as("refused while holds are due")
                .isFalse();
    }

    /** Whether or not the sale is on; sometimes of a hold that was there before. */
    private void retake() {
        var choice = random.nextInt(3) == 0 ? area() : seats();
        var old = random.nextInt(4) == 0 ? anyHold() : null;
        var id = old == null ? HoldId.of(run.eventId, "late", "r" + ids++) : old.id;
        var request = old == null
                ? new HoldRequest(id, fan(), "late", 1 + random.nextInt(3), false, null)
                : new HoldRequest(id, fanOf(old), old.body, old.price, false, null);
        assertThat(ModelRun.await(run.seats.retake(request, choice)))
                .as("retake %s %s", request, choice)
                .isEqualTo(model.retake(request, choice));
    }

    private void override() {
        var choice = List.of(seats(), best(), area()).get(random.nextInt(3));
        var request = new HoldRequest(HoldId.of(run.eventId, "office", "r" + ids++), fan(), "office", 1, false, null);
        assertThat(ModelRun.await(run.seats.override(request, choice)))
                .as("override %s %s", request, choice)
                .isEqualTo(model.override(request, choice));
    }

    private void repeat() {
        if (!requests.isEmpty()) {
            int i = random.nextInt(requests.size());
            var r = requests.get(i);
            boolean other = random.nextInt(3) == 0;
            hold(other ? new HoldRequest(r.holdId(), r.account(), "other", 1, false, null) : r, choices.get(i));
        }
    }

    private void swap() {
        var hold = anyHold();
        var choice = List.of(seats(), best(), area()).get(random.nextInt(3));
        if (hold != null) {
            var body = "s" + random.nextInt(4) + ":b" + random.nextInt(3);
            var fan = fanOf(hold);
            var request = new HoldRequest(hold.id, fan, body, 1 + random.nextInt(3), false, "00-trace-01")
                    .with(presales.rights(FANS.indexOf(fan)));
            assertThat(ModelRun.await(run.seats.swap(request, choice)))
                    .as("swap %s %s", request, choice)
                    .isEqualTo(model.swap(request, choice));
        }
    }

    private void release() {
        var hold = anyHold();
        if (hold != null) {
            var fan = fanOf(hold);
            var expected = run.desk.release(hold.id, fan);
            assertThat(ModelRun.await(run.seats.release(hold.id, fan, null))).isEqualTo(expected);
        }
    }

    private void claim() {
        var hold = anyHold();
        if (hold != null) {
            var fan = fanOf(hold);
            long fence = random.nextInt(10) == 0 ? hold.fence - 1 : hold.fence;
            var expected = run.desk.claim(hold.id, fan, fence);
            assertThat(ModelRun.await(run.seats.claim(hold.id, fan, fence, null)))
                    .isEqualTo(expected);
        }
    }

    /** Mostly in order; sometimes of a hold that has ended or that Redis does not know, over whoever is there now. */
    private void book(HoldState state) {
        var hold = anyHold();
        if (hold == null || hold.count() == 0) {
            return;
        }
        boolean known = random.nextInt(10) > 0;
        boolean usual = hold.state == HoldState.CLAIMED || hold.booked();
        if (!usual && random.nextInt(6) > 0) {
            return;
        }
        var id = known ? hold.id : HoldId.of(run.eventId, "lost", "l" + ids++);
        var places = Places.of(hold.ordinals, hold.areas);
        if (!known && !hold.areas.isEmpty()) {
            return; // Would need more places than the area has.
        }
        var booked = new BookedPlaces(id, hold.account, hold.fence, hold.price, places, null);
        var expected = run.desk.book(booked, state);
        var answer = state == HoldState.RESERVED ? run.seats.reserve(booked) : run.seats.sell(booked);
        assertThat(ModelRun.await(answer)).as("%s %s", state, booked).isEqualTo(expected);
    }

    private void free() {
        var hold = anyHold();
        if (hold == null) {
            return;
        }
        var fan = fanOf(hold);
        var seats = hold.ordinals.stream().filter(o -> random.nextInt(3) == 0).toList();
        Map<Integer, Integer> areas = new TreeMap<>();
        hold.areas.forEach((index, quantity) -> {
            if (quantity > 1) {
                areas.put(index, 1 + random.nextInt(quantity));
            }
        });
        var kept = random.nextBoolean() ? Places.NONE : Places.of(seats, areas);
        for (int times = 0; times < 2; times++) {
            var expected = run.desk.free(hold.id, fan, kept);
            assertThat(ModelRun.await(run.seats.free(hold.id, fan, kept, null))).isEqualTo(expected);
        }
    }

    private void block() {
        var seats = seats().ordinals();
        if (random.nextInt(3) > 0) {
            assertThat(ModelRun.await(run.seats.unblock(run.eventId, seats, null)))
                    .isEqualTo(run.desk.unblock(seats));
        } else {
            var expected = run.desk.block(seats);
            assertThat(ModelRun.await(run.seats.block(run.eventId, seats, null)))
                    .isEqualTo(expected);
        }
    }

    private void lookAndSweep() {
        for (var hold : List.copyOf(model.holds.values())) {
            assertThat(ModelRun.await(run.seats.get(hold.id))).isEqualTo(run.desk.get(hold.id));
        }
        int batch = 1 + random.nextInt(5);
        assertThat(ModelRun.await(run.seats.sweepExpired(run.eventId, batch))).isEqualTo(run.desk.sweep(batch));
    }

    private void window() {
        switch (random.nextInt(12)) {
            case 0 -> {
                model.open = false;
                ModelRun.await(run.seats.closeWindow(run.eventId));
                hold(seats());
            }
            case 1 -> run.load();
            default -> {
                model.open = true;
                model.limit = 3 + random.nextInt(6);
                model.start = random.nextInt(8) == 0 ? model.now + random.nextInt(3) : 0;
                model.end = random.nextInt(8) == 0 ? model.now + random.nextInt(3) : Long.MAX_VALUE / 2;
                ModelRun.await(run.seats.openWindow(run.eventId, run.terms()));
            }
        }
    }

    private Choice.Seats seats() {
        int from = random.nextInt(ModelRun.LAYOUT.length());
        var ordinals = new ArrayList<Integer>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            int next = random.nextInt(4) == 0 ? random.nextInt(ModelRun.LAYOUT.length()) : from + i;
            if (model.isSeat(next) || random.nextInt(40) == 0) {
                ordinals.add(next);
            }
        }
        return ordinals.isEmpty() ? new Choice.Seats(List.of(1)) : new Choice.Seats(ordinals);
    }

    private Choice.Best best() {
        var ranges = new ArrayList<OrdinalRange>();
        int from = 0;
        for (int i = 0; i < ModelRun.LAYOUT.length(); i++) {
            if (ModelRun.LAYOUT.charAt(i) == '-' && random.nextInt(3) > 0) {
                ranges.add(new OrdinalRange(from, i + 1));
                from = i + 1;
            }
        }
        int quantity = 1 + random.nextInt(5);
        int accessible = random.nextInt(3) == 0 ? 1 + random.nextInt(Math.min(2, quantity)) : 0;
        return new Choice.Best(quantity, accessible, random.nextInt(3) == 0, ranges);
    }

    private Choice.Area area() {
        return new Choice.Area(random.nextInt(40) == 0 ? 7 : random.nextInt(2), 1 + random.nextInt(6));
    }

    private @org.jspecify.annotations.Nullable ModelHold anyHold() {
        var all = new TreeMap<>(model.holds).values().stream().toList();
        var live = all.stream().filter(hold -> hold.live() || hold.booked()).toList();
        var from = live.isEmpty() || random.nextInt(6) == 0 ? all : live;
        return from.isEmpty() ? null : from.get(random.nextInt(from.size()));
    }

    private String fan() {
        return FANS.get(random.nextInt(FANS.size()));
    }

    private String fanOf(ModelHold hold) {
        return random.nextInt(12) == 0 ? fan() : hold.account;
    }
}
