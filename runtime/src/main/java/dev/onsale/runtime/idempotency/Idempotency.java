package dev.onsale.runtime.idempotency;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import dev.onsale.runtime.sql.SqlState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a call have its effect once, however often it is sent. Safe for any thread. */
public final class Idempotency {
    private static final Sql CLAIM = Sql.load(Idempotency.class, "claim.sql");
    private static final Sql FIRST_ANSWER = Sql.load(Idempotency.class, "first-answer.sql");
    private static final Sql SAVE_ANSWER = Sql.load(Idempotency.class, "save-answer.sql");
    private static final Sql PURGE = Sql.load(Idempotency.class, "purge.sql");
    private static final Logger LOG = LoggerFactory.getLogger(Idempotency.class);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final int KEPT_DAYS = 7;
    private static final Duration RETRY = Duration.ofMillis(500);

    private final Database database;
    private final ConcurrentMap<RequestKey, UnderWay> underWay = new ConcurrentHashMap<>();

    /** Keeps the answers in the table {@code idempotency} of this database, in the schema it works in. */
    public Idempotency(Database database) {
        this.database = database;
    }

    /**
     * Runs the effect in a transaction, unless this request was answered before.
     *
     * @param request the whole request; a repeat must be equal
     * @param parser reads the stored answer
     * @param effect everything the call changes, on the connection given; may run again after a deadlock
     * @return the first answer; fails with REQUEST_ID_REUSED if the id came with another request before, or as the effect
     *     fails (then nothing is stored and the id may be used again)
     */
    public <R extends MessageLite> Future<R> once(
            RequestKey key, MessageLite request, Parser<R> parser, Function<SqlConnection, Future<R>> effect) {
        return once(key, sha256(request.toByteArray()), parser, effect);
    }

    /** The same for a request whose hash is known already (a stream). */
    public <R extends MessageLite> Future<R> once(
            RequestKey key, byte[] bodyHash, Parser<R> parser, Function<SqlConnection, Future<R>> effect) {
        String body = HexFormat.of().formatHex(bodyHash);
        UnderWay mine = new UnderWay(body);
        UnderWay other = underWay.putIfAbsent(key, mine);
        if (other != null) {
            return other.body().equals(body)
                    ? other.answer().compose(answer -> parse(parser, answer))
                    : other.answer()
                            .transform(done -> done.succeeded() ? reused() : once(key, bodyHash, parser, effect));
        }
        return database.txRetrying(connection -> inTransaction(connection, key, bodyHash, parser, effect))
                .recover(Idempotency::explain)
                .andThen(done -> {
                    underWay.remove(key, mine);
                    mine.complete(done.map(MessageLite::toByteArray));
                });
    }

    /** Forgets answers that are older than a week, some every minute, until the timer is cancelled. @return the timer */
    public long startForgetting(Vertx vertx) {
        return vertx.setPeriodic(
                FORGET_EVERY.toMillis(),
                id -> forget(KEPT_DAYS)
                        .onFailure(failure -> LOG.atWarn()
                                .addKeyValue("reason", String.valueOf(failure.getMessage()))
                                .log("Old answers are not forgotten")));
    }

    /** Forgets answers older than so many days, 5,000 at a time. @return how many */
    Future<Integer> forget(int days) {
        return database.run(PURGE, Tuple.of(days)).map(rows -> rows.rowCount());
    }

    private <R extends MessageLite> Future<R> inTransaction(
            SqlConnection connection,
            RequestKey key,
            byte[] bodyHash,
            Parser<R> parser,
            Function<SqlConnection, Future<R>> effect) {
        Tuple claim = Tuple.of(key.account(), key.method(), key.requestId(), Buffer.buffer(bodyHash));
        return CLAIM.run(connection, claim)
                .compose(claimed -> claimed.rowCount() == 1
                        ? effect.apply(connection).compose(answer -> save(connection, key, answer))
                        : replay(connection, key, bodyHash, parser));
    }

    private static <R extends MessageLite> Future<R> save(SqlConnection connection, RequestKey key, R answer) {
        Buffer bytes = Buffer.buffer(answer.toByteArray());
        return SAVE_ANSWER
                .run(connection, Tuple.of(key.account(), key.method(), key.requestId(), bytes))
                .map(saved -> answer);
    }

    private static <R extends MessageLite> Future<R> replay(
            SqlConnection connection, RequestKey key, byte[] bodyHash, Parser<R> parser) {
        return FIRST_ANSWER
                .run(connection, Tuple.of(key.account(), key.method(), key.requestId()))
                .compose(rows -> {
                    Row row = rows.iterator().next();
                    return MessageDigest.isEqual(row.getBuffer("body_hash").getBytes(), bodyHash)
                            ? parse(parser, row.getBuffer("response").getBytes())
                            : reused();
                });
    }

    private static <R> Future<R> parse(Parser<R> parser, byte[] bytes) {
        try {
            return Future.succeededFuture(parser.parseFrom(bytes));
        } catch (InvalidProtocolBufferException unreadable) {
            return Future.failedFuture(unreadable);
        }
    }

    private static <R> Future<R> reused() {
        return Refusal.of(ErrorReason.ERROR_REASON_REQUEST_ID_REUSED, "The request_id came with another request before")
                .future();
    }

    /** A rival on another node is still at it: the caller may ask again soon. */
    private static <R> Future<R> explain(Throwable failure) {
        return SqlState.is(failure, SqlState.LOCK_TIMEOUT)
                ? Refusal.unavailable("postgresql").retryAfter(RETRY).future()
                : Future.failedFuture(failure);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
