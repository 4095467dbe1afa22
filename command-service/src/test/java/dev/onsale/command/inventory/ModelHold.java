package dev.onsale.command.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A hold of the model. */
final class ModelHold {
    final HoldId id;
    final String account;
    HoldState state = HoldState.ACTIVE;
    long expires;
    long hard;
    long fence;
    long version;
    int price;
    String body = "";
    String swap = "";
    List<Integer> ordinals = new ArrayList<>();
    Map<Integer, Integer> areas = new TreeMap<>();
    List<Missing> missing = List.of();
    Optional<PresaleEntry> presale = Optional.empty();
    /** When it is forgotten; none while it lives or is booked. */
    long forgotten = Long.MAX_VALUE;

    ModelHold(HoldId id, String account) {
        this.id = id;
        this.account = account;
    }

    boolean live() {
        return state == HoldState.ACTIVE || state == HoldState.CLAIMED;
    }

    boolean booked() {
        return state == HoldState.RESERVED || state == HoldState.SOLD;
    }

    int count() {
        return ordinals.size()
                + areas.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** When a sweep has something to do with it. */
    long due() {
        return live() ? expires : forgotten;
    }

    HoldRecord record(long now) {
        return new HoldRecord(
                id,
                state,
                account,
                Instant.ofEpochMilli(expires),
                Instant.ofEpochMilli(hard),
                fence,
                version,
                price,
                Places.of(ordinals, areas),
                missing,
                presale,
                Instant.ofEpochMilli(now));
    }
}
