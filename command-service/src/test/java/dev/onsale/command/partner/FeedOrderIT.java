package dev.onsale.command.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.command.CommandServer;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Numbers without gaps, none behind a reader, each booking's changes in their order: whatever transactions do meanwhile. */
final class FeedOrderIT {
    @RegisterExtension
    static final CommandServer server =
            CommandServer.on(CommandServer.stores()).with("partner.webhooks.deliver", "false");

    private static final UUID EVENT = UUID.randomUUID();

    private final UUID partner = new PartnerHands(server.operator(), server.anonymous()).partner();
    private Database database;
    private FeedStore feeds;

    @BeforeEach
    void connect() throws TimeoutException {
        database = done(server.database());
        feeds = new FeedStore(database);
    }

    @AfterEach
    void close() throws TimeoutException {
        done(database.close());
    }

    /** The trap: who commits last may have begun first. A cursor over transaction ids or row ids would have passed it. */
    @Test
    void neverShowsAChangeBehindAReader() throws TimeoutException {
        SqlConnection slow = done(database.pool().getConnection());
        Transaction transaction = done(slow.begin());
        UUID late = UUID.randomUUID();
        done(insert(slow, late));
        UUID soon = UUID.randomUUID();
        done(insert(database.pool(), soon));

        FeedStore.Page before = page(FeedCursor.START);
        done(transaction.commit());
        done(slow.close());
        FeedStore.Page after = page(before.next());

        assertThat(before.changes()).extracting(FeedChange::booking).containsExactly(soon);
        assertThat(after.changes()).extracting(FeedChange::booking).containsExactly(late);
        assertThat(after.changes()).extracting(FeedChange::number).containsExactly(2L);
    }

    @Test
    void missesNothingAndRepeatsNothingWhileManyWriteAndReadAtOnce() throws Exception {
        int writers = 6;
        int each = 40;
        AtomicBoolean written = new AtomicBoolean();
        List<List<Long>> seen = new ArrayList<>();
        List<Thread> readers = new ArrayList<>();
        List<Throwable> wrong = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Long> mine = new ArrayList<>();
            seen.add(mine);
            readers.add(Thread.ofVirtual().start(() -> read(mine, written, writers * each, wrong)));
        }
        List<Future<Void>> all = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            all.add(write(each, writer));
        }
        done(Future.join(all));
        written.set(true);

        for (Thread reader : readers) {
            assertThat(reader.join(Duration.ofSeconds(60))).isTrue();
        }

        assertThat(wrong).isEmpty();
        List<Long> numbers =
                LongStream.rangeClosed(1, (long) writers * each).boxed().toList();
        assertThat(seen).allSatisfy(mine -> assertThat(mine).containsExactlyElementsOf(numbers));
    }

    private void read(List<Long> mine, AtomicBoolean written, int all, List<Throwable> wrong) {
        try {
            FeedCursor cursor = FeedCursor.START;
            long deadline = System.nanoTime() + Duration.ofSeconds(45).toNanos();
            while (mine.size() < all && System.nanoTime() < deadline) {
                FeedStore.Page page = page(cursor);
                page.changes().forEach(change -> mine.add(change.number()));
                cursor = page.next();
                if (page.changes().isEmpty()) {
                    Thread.sleep(written.get() ? 5 : 1);
                }
            }
        } catch (Exception | AssertionError failure) {
            wrong.add(failure);
        }
    }

    /** Every other transaction dawdles, so that they commit in another order than they began in. */
    private Future<Void> write(int rest, int writer) {
        if (rest == 0) {
            return Future.succeededFuture();
        }
        return database.tx(tx -> insert(tx, UUID.randomUUID())
                        .compose(done -> tx.query("SELECT pg_sleep(" + (rest + writer) % 3 * 0.01 + ")")
                                .execute())
                        .<Void>mapEmpty())
                .compose(done -> write(rest - 1, writer));
    }

    /**
     * Of two transactions on one booking the second may be the older by its id: it began, and then waited for the booking. The
     * booking's row says who came first.
     */
    @Test
    void keepsTheOrderOfABookingWhoseLaterChangeHasTheOlderTransaction() throws TimeoutException {
        UUID booking = UUID.randomUUID();
        UUID lock = UUID.randomUUID();
        done(database.pool()
                .preparedQuery("INSERT INTO partner_told (partner_id, subject_id, state) VALUES ($1, $2, '')")
                .execute(Tuple.of(partner, lock)));
        SqlConnection older = done(database.pool().getConnection());
        SqlConnection younger = done(database.pool().getConnection());
        Transaction second = done(older.begin());
        done(older.query("SELECT pg_current_xact_id()::text").execute());
        Transaction first = done(younger.begin());
        done(lock(younger, lock));
        done(insert(younger, booking, "first"));
        Future<?> waits = lock(older, lock).compose(locked -> insert(older, booking, "second"));
        done(first.commit());
        done(waits);
        done(second.commit());
        done(older.close());
        done(younger.close());

        List<FeedChange> changes = page(FeedCursor.START).changes();

        assertThat(changes)
                .extracting(change -> change.facts().getString("state"))
                .containsExactly("first", "second");
    }

    /** The second is committed and the first too, but something older still runs: neither may be held back or overtaken. */
    @Test
    void isNotHeldUpByATransactionThatHasNothingToDoWithIt() throws TimeoutException {
        SqlConnection old = done(database.pool().getConnection());
        Transaction idle = done(old.begin());
        done(old.query("SELECT pg_current_xact_id()::text").execute());
        done(insert(database.pool(), UUID.randomUUID(), "first"));

        assertThat(page(FeedCursor.START).changes()).hasSize(1);

        done(idle.rollback());
        done(old.close());
    }

    @Test
    void forgetsWhatIsOldAndSaysSo() throws TimeoutException {
        for (int i = 0; i < 5; i++) {
            done(insert(database.pool(), UUID.randomUUID()));
        }
        FeedStore.Page two = done(feeds.page(partner, FeedCursor.START, Optional.empty(), 2));
        page(FeedCursor.START);
        age(3);

        done(FeedChores.forget(database, Duration.ofDays(14)));

        assertThat(page(FeedCursor.START).changes())
                .extracting(FeedChange::number)
                .containsExactly(4L, 5L);
        Refusal refusal = refused(two.next());
        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_CURSOR_EXPIRED);
        String oldest = String.valueOf(refusal.metadata().get("oldest_cursor"));
        assertThat(page(FeedCursor.parse(partner, oldest)).changes())
                .extracting(FeedChange::number)
                .containsExactly(4L, 5L);
    }

    private void age(int upTo) {
        server.executeAsOwner("UPDATE partner_changes SET created_at = now() - interval '15 days' WHERE partner_id = '"
                + partner + "' AND number <= " + upTo);
    }

    @Test
    void takesNoCursorOfAnotherFeedAndNoneOfTheFuture() throws TimeoutException {
        UUID other = UUID.randomUUID();
        for (String text : List.of(
                new FeedCursor(0).text(other), "AAAA", "x", "A".repeat(18), new FeedCursor(0).text(partner) + "A")) {
            assertThatThrownBy(() -> FeedCursor.parse(partner, text)).isInstanceOf(Refusal.class);
        }
        assertThat(refused(new FeedCursor(99)).reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
        assertThat(FeedCursor.parse(partner, new FeedCursor(7).text(partner))).isEqualTo(new FeedCursor(7));
    }

    @Test
    void movesTheCursorOfAKeyForSomeEventsPastTheOthers() throws TimeoutException {
        for (int i = 0; i < 3; i++) {
            done(insert(database.pool(), UUID.randomUUID()));
        }

        FeedStore.Page page = done(feeds.page(partner, FeedCursor.START, Optional.of(Set.of(UUID.randomUUID())), 2));

        assertThat(page.changes()).isEmpty();
        assertThat(page.next()).isEqualTo(new FeedCursor(3));
        assertThat(new HashSet<>(page(page.next()).changes())).isEmpty();
    }

    private Refusal refused(FeedCursor cursor) throws TimeoutException {
        try {
            done(feeds.page(partner, cursor, Optional.empty(), 10));
        } catch (Refusal refusal) {
            return refusal;
        }
        throw new AssertionError("not refused");
    }

    private Future<?> lock(SqlConnection connection, UUID subject) {
        return connection
                .preparedQuery(
                        "UPDATE partner_told SET counted = counted + 1 WHERE partner_id = $1 AND subject_id = $2")
                .execute(Tuple.of(partner, subject));
    }

    private Future<?> insert(SqlClient client, UUID booking) {
        return insert(client, booking, "pending");
    }

    private Future<?> insert(SqlClient client, UUID booking, String state) {
        return ChangeRows.insert(client, partner, EVENT, booking, state);
    }

    private FeedStore.Page page(FeedCursor cursor) throws TimeoutException {
        return done(feeds.page(partner, cursor, Optional.empty(), 100));
    }

    private static <T> T done(Future<T> future) throws TimeoutException {
        return future.await(30, TimeUnit.SECONDS);
    }
}
