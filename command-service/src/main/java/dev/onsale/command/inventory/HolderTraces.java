package dev.onsale.command.inventory;

import dev.onsale.command.inventory.LedgerScripts.Operation;
import dev.onsale.runtime.inventory.InventoryKeys;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Redis knows of an account: the holds of it, what it holds and has bought, and changes that name it. For putting a pseudonym
 * in its place. No script looks through an event: holds are listed by many small reads, and changed some at a time.
 */
public final class HolderTraces {
    private static final int PAGE = 500;
    private static final int CHANGES = 1_000;
    private static final int AT_ONCE = 100;
    private static final String DEAD = ":dead";

    private final SeatLedger seats;
    private final Ledger ledger;

    /**
     * Traces in Redis.
     *
     * @param shards number of shards, the same in every service
     */
    public HolderTraces(Redis redis, int shards) {
        this.ledger = new Ledger(redis, shards, LedgerScripts.load(), lost -> {});
        this.seats = new SeatLedger(ledger);
    }

    /**
     * What became of an event's holds.
     *
     * @param renamed how many carry the pseudonym now
     * @param left how many are in a checkout and still carry the account
     */
    public record Renamed(int renamed, int left) {}

    /** Whether the account holds something of the event, or has bought it. */
    public Future<Boolean> counted(UUID event, String account) {
        return ledger.redis()
                .send(Command.HEXISTS, keys(event).fans(), account)
                .map(found -> found != null && found.toInteger() == 1);
    }

    /** Gives back what the account holds, and renames all that is kept of it. */
    public Future<Renamed> rename(UUID event, String account, String pseudonym) {
        return holdsOf(event, account, "0", new ArrayList<>())
                .compose(holds -> releaseAll(holds, account, 0)
                        .compose(released -> rename(event, account, pseudonym, holds, new Renamed(0, 0), 0)));
    }

    private Future<List<HoldId>> holdsOf(UUID event, String account, String cursor, List<HoldId> found) {
        return ledger.redis()
                .send(Command.HSCAN, keys(event).holds(), cursor, "COUNT", Integer.toString(PAGE))
                .compose(page -> {
                    if (page == null) {
                        return Future.succeededFuture(found);
                    }
                    Response pairs = page.get(1);
                    for (int i = 0; i + 1 < pairs.size(); i += 2) {
                        String[] words = pairs.get(i + 1).toString().split(" ", 3);
                        if (words.length > 1 && words[1].equals(account)) {
                            Optional<HoldId> id = HoldId.parse(pairs.get(i).toString());
                            id.ifPresent(found::add);
                        }
                    }
                    String next = page.get(0).toString();
                    return next.equals("0") ? Future.succeededFuture(found) : holdsOf(event, account, next, found);
                });
    }

    /** Those that have ended, are booked or in a checkout stay as they are. */
    private Future<Void> releaseAll(List<HoldId> holds, String account, int from) {
        return from == holds.size()
                ? Future.succeededFuture()
                : seats.release(holds.get(from), account, null)
                        .compose(released -> releaseAll(holds, account, from + 1));
    }

    private Future<Renamed> rename(
            UUID event, String account, String pseudonym, List<HoldId> holds, Renamed soFar, int from) {
        List<HoldId> some = holds.subList(from, Math.min(holds.size(), from + AT_ONCE));
        Texts arguments = Texts.of(account, pseudonym);
        return ledger.send(
                        Operation.RENAME_HOLDER,
                        event,
                        null,
                        arguments.and(some.stream().map(HoldId::value).toList()))
                .compose(reply -> {
                    if (LedgerReplies.word(reply).equals("NO_EPOCH")) {
                        return Future.succeededFuture(soFar); // Redis has nothing of it; PostgreSQL has the pseudonym.
                    }
                    Renamed now = new Renamed(
                            soFar.renamed + LedgerReplies.number(reply, 1),
                            soFar.left + LedgerReplies.number(reply, 2));
                    return from + AT_ONCE >= holds.size()
                            ? Future.succeededFuture(now)
                            : rename(event, account, pseudonym, holds, now, from + AT_ONCE);
                });
    }

    /**
     * Removes changes that name the account from the stream of an event's shard, and from what could not be projected. Only those of
     * a certain age: whoever follows the stream has read them by then, and reads a snapshot if not.
     *
     * @return how many
     */
    public Future<Long> forgetChanges(UUID event, String account, Duration olderThan) {
        String stream = keys(event).changes();
        return ledger.redis().send(Command.TIME).compose(time -> {
            long now = time == null ? 0 : Long.parseLong(time.get(0).toString()) * 1000;
            String until = Long.toString(Math.max(0, now - olderThan.toMillis()));
            return forget(stream, "account", account, "-", until, 0)
                    .compose(gone -> forget(stream + DEAD, "change.account", account, "-", until, gone));
        });
    }

    private Future<Long> forget(String stream, String field, String account, String from, String until, long gone) {
        return ledger.redis()
                .send(Command.XRANGE, stream, from, until, "COUNT", Integer.toString(CHANGES))
                .compose(entries -> {
                    if (entries == null || entries.size() == 0) {
                        return Future.succeededFuture(gone);
                    }
                    List<String> named = named(entries, field, account);
                    String next = "(" + entries.get(entries.size() - 1).get(0);
                    return delete(stream, named)
                            .compose(deleted -> entries.size() < CHANGES
                                    ? Future.succeededFuture(gone + deleted)
                                    : forget(stream, field, account, next, until, gone + deleted));
                });
    }

    private static List<String> named(Response entries, String field, String account) {
        List<String> named = new ArrayList<>();
        for (Response entry : entries) {
            @Nullable Response fields = entry.get(1);
            for (int i = 0; fields != null && i + 1 < fields.size(); i += 2) {
                if (fields.get(i).toString().equals(field)
                        && fields.get(i + 1).toString().equals(account)) {
                    named.add(entry.get(0).toString());
                }
            }
        }
        return named;
    }

    private Future<Long> delete(String stream, List<String> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(0L);
        }
        Request request = Request.cmd(Command.XDEL).arg(stream);
        ids.forEach(request::arg);
        return ledger.redis().send(request).map(count -> count == null ? 0L : count.toLong());
    }

    private InventoryKeys keys(UUID event) {
        return InventoryKeys.of(event, ledger.shards());
    }
}
