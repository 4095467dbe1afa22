package dev.onsale.waitingroom.line;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Six hundred accounts of the model, and the entries of their tickets. */
final class ModelVisitors {

    private final LineModel model;
    private final ModelDraw draw;
    private final Random random;
    private final Map<Long, Long> tickets = new HashMap<>();

    ModelVisitors(LineModel model, ModelDraw draw, Random random) {
        this.model = model;
        this.draw = draw;
        this.random = random;
    }

    void gave(long account, long entry) {
        tickets.put(account, entry);
    }

    /** What the account's ticket says; 0 if it has none. */
    long entry(long account) {
        return tickets.getOrDefault(account, 0L);
    }

    long account() {
        return random.nextInt(600) * 0x9E3779B97F4A7C15L;
    }

    /** A visitor who asks, sometimes with somebody else's entry. */
    Turn ticket() {
        long account = random.nextInt(4) == 0 ? shopper() : account();
        for (int i = 0; i < 30 && !near(account) && !model.sessions.containsKey(entry(account)); i++) {
            account = account();
        }
        long entry = random.nextInt(20) == 0 ? 1 + random.nextInt(50) : tickets.getOrDefault(account, 1L);
        return new Turn(entry, draw.position(entry), account);
    }

    /** Somebody whose session is under way, or is over and nobody has noticed. */
    private long shopper() {
        var sessions = model.sessions.keySet().stream().toList();
        long entry = sessions.isEmpty() ? 0 : sessions.get(random.nextInt(sessions.size()));
        return tickets.entrySet().stream()
                .filter(ticket -> ticket.getValue() == entry)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(this::account);
    }

    private boolean near(long account) {
        long position = draw.position(entry(account));
        return position > model.served - 60 && position < model.served + 10;
    }
}
