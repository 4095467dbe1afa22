package dev.onsale.waitingroom.line;

import static dev.onsale.waitingroom.line.LineTable.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** A line in Redis beside its model: random operations on both, answers compared. */
final class LineModelRun implements AutoCloseable {

    private final LineTable table;
    private final LineModel model = new LineModel();
    private final Random random;
    private final ModelDraw draw;
    private final ModelVisitors visitors;
    private long seen;

    LineModelRun(URI uri, Random random, UnaryOperator<String> bug) {
        this.table = LineTable.virtualTime(uri, bug);
        this.random = random;
        this.draw = new ModelDraw(model, random);
        this.visitors = new ModelVisitors(model, draw, random);
        model.micros = 1_000_000_000_000L + random.nextInt(1_000_000);
        model.opens = model.now() + 20_000;
        model.lastMicros = model.micros;
        table.capacity = 400;
        table.setMicros(model.micros);
        terms();
        await(table.ledger.open(terms(LineState.LOBBY)));
    }

    private void terms() {
        model.rate = 1 + random.nextInt(20);
        model.maxActive = 5L + random.nextInt(100);
        model.calls.window = 1_000L + 100L * random.nextInt(50);
        model.session = 1_000L + 100L * random.nextInt(100);
        model.capacity = table.capacity;
    }

    private LineTerms terms(LineState state) {
        table.maxActive = (int) model.maxActive;
        table.window = Duration.ofMillis(model.calls.window);
        table.session = Duration.ofMillis(model.session);
        var all = table.terms(state, (int) model.rate);
        return new LineTerms(
                all.event(),
                state,
                Instant.ofEpochMilli(model.opens),
                all.rate(),
                all.maxActive(),
                all.claimWindow(),
                all.session(),
                all.capacity(),
                0,
                0,
                0,
                LobbyDigest.NONE);
    }

    void step() {
        switch (random.nextInt(28)) {
            case 0, 1, 2 -> join();
            case 3, 4, 5, 6, 7, 8, 9 -> tick();
            case 10, 11, 12, 13, 14 -> claim();
            case 15, 16, 17 -> reenter();
            case 18, 19 -> leave();
            case 20 -> finish();
            case 21 -> end();
            case 22 -> drain();
            case 23 -> alter();
            case 24, 25 -> passTimeThenClaim();
            default -> turn();
        }
    }

    /** Changes of state; closing is rare, as nothing happens after it. */
    private void turn() {
        switch (random.nextInt(30)) {
            case 0 -> {
                if (random.nextInt(40) == 0) {
                    model.freeze();
                    model.state = LineState.CLOSED;
                    check(await(table.ledger.close(table.event)), 0);
                }
            }
            case 1, 2 -> {
                model.state = model.state == LineState.OPEN ? LineState.PAUSED : model.state;
                check(await(table.ledger.pause(table.event)), 0);
            }
            case 3 -> {
                model.freeze();
                check(await(table.ledger.freeze(table.event)), 0);
            }
            default -> resumeOrStart();
        }
    }

    private void resumeOrStart() {
        boolean start = random.nextBoolean();
        if (model.state == (start ? LineState.FROZEN : LineState.PAUSED)) {
            model.state = LineState.OPEN;
            model.restart();
        }
        check(await(start ? table.ledger.start(table.event) : table.ledger.resume(table.event)), 0);
    }

    private void join() {
        var arrivals = new ArrayList<Arrival>();
        for (int i = random.nextInt(8); i >= 0; i--) {
            long account = visitors.account();
            arrivals.add(new Arrival(account, random.nextBoolean() ? visitors.entry(account) : 0));
        }
        model.sawJoined(seen);
        var outcomes = await(table.ledger.join(table.event, table.capacity, arrivals));
        for (int i = 0; i < arrivals.size(); i++) {
            assertThat(outcomes.get(i)).isEqualTo(model.join(arrivals.get(i)));
            if (outcomes.get(i) instanceof JoinOutcome.Joined joined) {
                visitors.gave(arrivals.get(i).fingerprint(), joined.entry());
                seen = Math.max(seen, joined.entry());
            }
        }
    }

    /** Mostly by whole tenths of a second, so that things end exactly now. */
    private void passTime() {
        int tenths = random.nextInt(6) == 0 ? random.nextInt(30) : random.nextInt(4);
        model.micros += tenths * 100_000L + (random.nextInt(10) == 0 ? random.nextInt(100_000) : 0);
        table.setMicros(model.micros);
    }

    private void tick() {
        passTime();
        boolean jump = random.nextInt(60) == 0;
        long joined = jump ? model.joined + random.nextInt(4) : random.nextInt(5);
        long served = jump && model.state == LineState.OPEN ? model.served + random.nextInt(6) : 0;
        for (long entry = model.joined + 1; entry <= joined; entry++) {
            visitors.gave(visitors.account(), entry); // Somebody whom Redis has lost.
        }
        long first = model.tick(served, Math.max(joined, seen));
        check(await(table.ledger.tick(table.event, served, joined)), first);
        if (first > 0 && random.nextInt(4) > 0) {
            settle(random.nextInt(3) > 0 ? first : Math.max(1, first - random.nextInt(30)));
        }
    }

    private void settle(long first) {
        var positions = LongStream.rangeClosed(first, model.served).boxed().toList();
        var entries = positions.stream().map(draw::entry).toList();
        for (int i = 0; i < positions.size(); i++) {
            model.settle(entries.get(i), positions.get(i));
        }
        await(table.ledger.settle(table.event, entries, positions));
    }

    /** Before any tick has seen what is over by now. */
    private void passTimeThenClaim() {
        passTime();
        claim();
    }

    private void claim() {
        var turn = visitors.ticket();
        assertThat(await(table.ledger.claim(table.event, table.capacity, turn))).isEqualTo(model.claim(turn));
    }

    private void reenter() {
        var turn = visitors.ticket();
        model.sawJoined(model.state == LineState.CLOSED ? 0 : seen);
        var outcome = await(table.ledger.reenter(table.event, table.capacity, turn));
        assertThat(outcome).isEqualTo(model.reenter(turn));
        if (outcome instanceof ReenterOutcome.Reentered again) {
            seen = Math.max(seen, again.entry());
            if (random.nextInt(5) > 0) { // Otherwise the answer is lost: the visitor goes on with its old ticket.
                visitors.gave(turn.fingerprint(), again.entry());
            }
        }
    }

    private void leave() {
        var turn = visitors.ticket();
        assertThat(await(table.ledger.leave(table.event, table.capacity, turn))).isEqualTo(model.leave(turn));
    }

    private void finish() {
        var some = model.sessions.keySet().stream().limit(random.nextInt(3)).toList();
        model.finished += some.size();
        await(table.ledger.finish(table.event, some));
        model.sessions.keySet().removeAll(some);
    }

    /** By an operator's word: whatever the account is doing. */
    private void end() {
        long account = visitors.account();
        var entry = await(table.ledger.entry(table.event, table.capacity, account));
        assertThat(entry.orElse(0)).isEqualTo(model.entry(account));
        if (entry.isPresent()) {
            long position = draw.position(entry.getAsLong());
            await(table.ledger.end(table.event, entry.getAsLong(), position));
            model.giveUp(entry.getAsLong(), position);
        }
    }

    private void drain() {
        model.accrue();
        model.rate = (1 + random.nextInt(80)) / 4.0;
        model.maxActive = 5L + random.nextInt(100);
        check(await(table.ledger.setDrain(table.event, model.rate, (int) model.maxActive)), 0);
    }

    private void alter() {
        model.accrue();
        terms();
        model.sawJoined(seen);
        check(await(table.ledger.open(terms(LineState.LOBBY))), 0);
    }

    private void check(LineTick tick, long first) {
        seen = Math.max(seen, tick.joined());
        long active =
                model.sessions.values().stream().filter(e -> e > model.now()).count();
        assertThat(tick)
                .usingRecursiveComparison()
                .isEqualTo(new LineTick(
                        model.state,
                        Instant.ofEpochMilli(model.now()),
                        model.served,
                        first,
                        model.joined,
                        model.lobby,
                        model.digest,
                        active,
                        model.calls.pending(),
                        model.absent,
                        model.admitted,
                        model.abandoned,
                        model.finished,
                        model.left,
                        model.mostActive,
                        model.rate,
                        model.passed));
    }

    @Override
    public void close() {
        table.close();
    }
}
