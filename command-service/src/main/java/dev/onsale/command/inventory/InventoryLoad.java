package dev.onsale.command.inventory;

import dev.onsale.command.inventory.LedgerScripts.Operation;
import dev.onsale.runtime.inventory.AreaCounts;
import dev.onsale.runtime.inventory.Version;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One load of an event into Redis, in stages of bounded size. Until the last one Redis treats the event as absent. */
final class InventoryLoad {

    private static final int PAIRS_A_STAGE = 250;

    final UUID eventId;
    final int epoch;
    List<String> terms = List.of();
    String presales = "";
    long presalesVersion;
    /** What was taken in presales, as {@code redis/part/presale.lua} keeps it. */
    final Map<String, String> presaleEntries = new LinkedHashMap<>();

    String seats = "";
    final Map<Integer, AreaCounts> areas = new TreeMap<>();
    final Map<String, String> holds = new LinkedHashMap<>();

    InventoryLoad(UUID eventId, int epoch) {
        this.eventId = eventId;
        this.epoch = epoch;
    }

    /** Answers the first version; fails if another load of a later epoch got in between. */
    Future<Version> into(Ledger ledger) {
        Future<Response> stage = ledger.send(Operation.LOAD_EVENT, eventId, null, List.of(epochText()));
        for (var arguments : stages(holds)) {
            stage = stage.compose(InventoryLoad::going)
                    .compose(reply -> ledger.send(Operation.LOAD_HOLDS, eventId, null, arguments));
        }
        for (var arguments : stages(presaleEntries)) {
            stage = stage.compose(InventoryLoad::going)
                    .compose(reply -> ledger.send(Operation.LOAD_PRESALES, eventId, null, arguments));
        }
        return stage.compose(InventoryLoad::going)
                .compose(reply -> ledger.send(Operation.LOAD_COMMIT, eventId, null, commit()))
                .compose(InventoryLoad::going)
                .map(reply -> Version.of(Long.parseLong(reply.get(1).toString())));
    }

    private static Future<Response> going(Response reply) {
        return LedgerReplies.word(reply).equals("STALE")
                ? Future.failedFuture(new IllegalStateException("A later load has begun"))
                : Future.succeededFuture(reply);
    }

    private List<List<String>> stages(Map<String, String> pairs) {
        List<List<String>> stages = new ArrayList<>();
        for (var pair : pairs.entrySet()) {
            if (stages.isEmpty() || stages.getLast().size() > 2 * PAIRS_A_STAGE) {
                stages.add(new ArrayList<>(List.of(epochText())));
            }
            stages.getLast().add(pair.getKey());
            stages.getLast().add(pair.getValue());
        }
        return stages;
    }

    private List<String> commit() {
        var arguments = new ArrayList<String>();
        arguments.add(epochText());
        arguments.add(Long.toString(new Version(epoch, 0).number()));
        arguments.addAll(terms);
        arguments.add(presales);
        arguments.add(Long.toString(presalesVersion));
        arguments.add(seats);
        areas.forEach((index, counts) -> {
            arguments.add(Integer.toString(index));
            arguments.add(counts.join(","));
        });
        return arguments;
    }

    private String epochText() {
        return Integer.toString(epoch);
    }
}
