package dev.onsale.waitingroom.line;

import java.util.ArrayList;
import java.util.List;

/** The calls of the model whose windows may not be over, the oldest first. */
final class ModelCalls {

    private final List<ModelCall> live = new ArrayList<>();
    long window;

    void add(long first, long last, long now) {
        live.add(new ModelCall(first, last, now));
    }

    long pending() {
        return live.stream().mapToLong(c -> c.last - c.first + 1 - c.settled).sum();
    }

    /** Takes out those that are over. */
    List<ModelCall> over(long now) {
        var over = live.stream().filter(call -> call.at + window <= now).toList();
        live.removeAll(over);
        return over;
    }

    boolean callable(long position, long now) {
        return live.stream().anyMatch(call -> call.at + window > now && call.has(position));
    }

    /** Answers whether the position was in a call that is not over. */
    boolean settle(long position, long now) {
        for (var call : live) {
            if (call.has(position) && call.at + window > now) {
                call.settled++;
                return true;
            }
        }
        return false;
    }
}
