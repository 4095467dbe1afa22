package dev.onsale.standalone.fuzz;

import static dev.onsale.standalone.fuzz.Outcome.End;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends what a deck draws, over a number of connections at once, and judges each answer. */
public final class Fuzzer {

    /** Longer than any deadline of the servers: silence after it is a hang. */
    private static final int PATIENCE_MILLIS = 120_000;

    private static final int CONNECTIONS = 24;

    private final Deck deck;
    private final Findings findings;

    /** Draws by this seed. */
    public Fuzzer(Scene scene, long seed) {
        this.deck = new Deck(scene, seed);
        this.findings = new Findings(seed);
    }

    /** What was found so far. */
    public Findings findings() {
        return findings;
    }

    /** Sends the inputs with these numbers; stops early if nearly everything is wrong. */
    public void send(long first, long end) throws Exception {
        AtomicLong next = new AtomicLong(first);
        List<Future<?>> senders = new ArrayList<>();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().name("fuzz-", 0).factory())) {
            for (int i = 0; i < CONNECTIONS; i++) {
                senders.add(threads.submit(() -> work(next, end)));
            }
            for (Future<?> sender : senders) {
                sender.get();
            }
        }
    }

    private @Nullable Void work(AtomicLong next, long end) throws IOException {
        Map<Integer, Http2Wire> wires = new HashMap<>();
        Http1Wire plain = new Http1Wire(PATIENCE_MILLIS);
        try {
            for (long number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
                if (findings.hopeless()) {
                    return null;
                }
                Input input = deck.draw(number);
                findings.note(
                        number,
                        input,
                        switch (input) {
                            case Input.Call call -> called(wires, call);
                            case Input.Web web -> plain.send(web);
                        });
            }
            return null;
        } finally {
            for (Http2Wire wire : wires.values()) {
                wire.close();
            }
        }
    }

    private static Outcome called(Map<Integer, Http2Wire> wires, Input.Call call) throws IOException {
        Http2Wire old = wires.get(call.port());
        boolean fresh = old == null || old.over();
        if (old != null && old.over()) {
            old.close();
        }
        Http2Wire wire = old == null || old.over() ? new Http2Wire(call.port(), PATIENCE_MILLIS) : old;
        wires.put(call.port(), wire);
        Outcome outcome = wire.call(call);
        boolean lateGoodbye =
                outcome.end() == End.CLOSED && !fresh && !call.leeway().contains(Leeway.ENDED);
        // A connection may end between two calls, by what the one before was: that says nothing of this one.
        return lateGoodbye ? called(wires, call) : outcome;
    }
}
