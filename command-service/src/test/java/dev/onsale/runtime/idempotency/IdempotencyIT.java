package dev.onsale.runtime.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.onsale.command.CommandServer;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdempotencyIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores());

    private final AtomicInteger effects = new AtomicInteger();
    private final RequestKey key =
            new RequestKey("alice", "Service/Method", UUID.randomUUID().toString());
    private Database database;

    @BeforeEach
    void connect() throws TimeoutException {
        database = server.database().await(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws TimeoutException {
        database.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void aHundredAtOnceOnTwoNodesHaveOneEffectAndOneAnswer() throws TimeoutException {
        List<Idempotency> nodes = List.of(new Idempotency(database), new Idempotency(database));
        List<Future<StringValue>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(once(nodes.get(i % 2), key, "same"));
        }
        Future.join(answers).await(30, TimeUnit.SECONDS);

        assertThat(answers).extracting(Future::result).containsOnly(StringValue.of("effect 1"));
        assertThat(server.select("SELECT count(*) FROM idempotency WHERE request_id = '" + key.requestId() + "'"))
                .isEqualTo("1");
    }

    @Test
    void refusesAnotherBodyUnderTheSameId() throws TimeoutException {
        Idempotency idempotency = new Idempotency(database);
        once(idempotency, key, "one").await(30, TimeUnit.SECONDS);

        assertThatThrownBy(() -> once(idempotency, key, "two").await(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reasonName()).isEqualTo("REQUEST_ID_REUSED"));
    }

    @Test
    void refusesAnotherBodyAlsoWhileTheFirstIsUnderWay() throws TimeoutException {
        Idempotency idempotency = new Idempotency(database);
        Future<StringValue> first = once(idempotency, key, "one");

        assertThatThrownBy(() -> once(idempotency, key, "two").await(30, TimeUnit.SECONDS))
                .isInstanceOf(Refusal.class);
        assertThat(first.await(30, TimeUnit.SECONDS)).isEqualTo(StringValue.of("effect 1"));
    }

    @Test
    void storesNothingWhenTheEffectIsRefused() throws TimeoutException {
        Idempotency idempotency = new Idempotency(database);
        Future<StringValue> refused = idempotency.once(
                key,
                StringValue.of("same"),
                StringValue.parser(),
                connection -> Refusal.notFound("thing").future());
        assertThatThrownBy(() -> refused.await(30, TimeUnit.SECONDS)).isInstanceOf(Refusal.class);

        assertThat(once(idempotency, key, "other").await(30, TimeUnit.SECONDS)).isEqualTo(StringValue.of("effect 1"));
    }

    @Test
    void keepsAccountsAndMethodsApart() throws TimeoutException {
        Idempotency idempotency = new Idempotency(database);
        once(idempotency, key, "same").await(30, TimeUnit.SECONDS);

        once(idempotency, new RequestKey("bob", key.method(), key.requestId()), "x")
                .await(30, TimeUnit.SECONDS);
        once(idempotency, new RequestKey("alice", "Service/Other", key.requestId()), "x")
                .await(30, TimeUnit.SECONDS);

        assertThat(effects).hasValue(3);
    }

    @Test
    void forgetsAnswersThatAreOld() throws TimeoutException {
        Idempotency idempotency = new Idempotency(database);
        once(idempotency, key, "same").await(30, TimeUnit.SECONDS);
        server.execute("UPDATE idempotency SET created_at = now() - interval '8 days' WHERE request_id = '"
                + key.requestId() + "'");

        assertThat(idempotency.forget(7).await(30, TimeUnit.SECONDS)).isEqualTo(1);

        assertThat(once(idempotency, key, "same").await(30, TimeUnit.SECONDS)).isEqualTo(StringValue.of("effect 2"));
    }

    private Future<StringValue> once(Idempotency idempotency, RequestKey as, String body) {
        return idempotency.once(
                as,
                StringValue.of(body),
                StringValue.parser(),
                connection -> connection
                        .query("SELECT pg_sleep(0.05)")
                        .execute()
                        .map(slept -> StringValue.of("effect " + effects.incrementAndGet())));
    }
}
