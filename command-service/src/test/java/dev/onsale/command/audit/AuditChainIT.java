package dev.onsale.command.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.command.BoxOffice;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.audit.Anchor;
import dev.onsale.runtime.audit.AuditLog;
import dev.onsale.runtime.audit.AuditVerdict;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chain: the service may only append to it, whoever changes it is found, and many at once leave no gap. */
final class AuditChainIT {
    private static final String CHAIN = "test/chain";
    private static final int ENTRIES = 9;

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final Log log = new Log(OFFICE);
    private final AuditLog chain = new AuditLog(CHAIN);

    /** Nine entries, every third with a reason, in all kinds of characters; answers where they end. */
    private Anchor written() throws SQLException {
        emptied();
        for (int i = 1; i <= ENTRIES; i++) {
            Act act = act(i).because(i % 3 == 0 ? "Straße \"🎟\" " + i : "");
            BoxOffice.await(OFFICE.database().tx(tx -> chain.note(tx, act)));
        }
        AuditVerdict verdict = log.verdict();
        assertThat(verdict.problems()).isEmpty();
        return verdict.anchor(Instant.now());
    }

    private void emptied() throws SQLException {
        try (Connection connection = log.owner();
                var statement = connection.createStatement()) {
            for (String table : List.of("audit_reasons", "audit_log", "audit_anchors")) {
                statement.execute("ALTER TABLE " + table + " DISABLE TRIGGER USER");
                statement.execute("DELETE FROM " + table);
                statement.execute("ALTER TABLE " + table + " ENABLE TRIGGER USER");
            }
        }
    }

    private static Act act(int i) {
        return Act.byItself("test/act", "thing", "thing-" + i)
                .about(new UUID(1, i))
                .with("z", "\u2028 ünï \\ \"")
                .with("a", i);
    }

    static Stream<Arguments> tampered() {
        String entry = "UPDATE audit_log SET %s WHERE seq = 5";
        String rehashed = "UPDATE audit_log SET hash = sha256('x') WHERE seq = 5";
        String moved = "UPDATE audit_log SET seq = %d WHERE seq = %d";
        return Stream.of(
                Arguments.of(5, List.of(entry.formatted("actor = 'mallory'"))),
                Arguments.of(5, List.of(entry.formatted("roles = 'operator'"))),
                Arguments.of(5, List.of(entry.formatted("action = 'test/other'"))),
                Arguments.of(5, List.of(entry.formatted("subject_kind = 'event'"))),
                Arguments.of(5, List.of(entry.formatted("subject_id = 'thing-6'"))),
                Arguments.of(5, List.of(entry.formatted("event_id = NULL"))),
                Arguments.of(5, List.of(entry.formatted("details = '{\"a\":6}'"))),
                Arguments.of(5, List.of(entry.formatted("act_key = 'k'"))),
                Arguments.of(5, List.of(entry.formatted("at = at + interval '1 microsecond'"))),
                Arguments.of(5, List.of(entry.formatted("reason_digest = sha256('x')"))),
                Arguments.of(5, List.of(entry.formatted("actor = 'test/act', action = ''"))),
                Arguments.of(5, List.of(rehashed)),
                Arguments.of(6, List.of("UPDATE audit_log SET prev_hash = sha256('x') WHERE seq = 6")),
                Arguments.of(6, List.of("UPDATE audit_reasons SET reason = reason || '.' WHERE seq = 6")),
                Arguments.of(5, List.of("DELETE FROM audit_log WHERE seq = 5")),
                Arguments.of(1, List.of("DELETE FROM audit_log WHERE seq = 1")),
                Arguments.of(4, List.of(moved.formatted(105, 5), moved.formatted(5, 4), moved.formatted(4, 105))),
                Arguments.of(
                        5,
                        List.of(
                                "DELETE FROM audit_reasons WHERE seq > 5",
                                "UPDATE audit_log SET seq = seq + 100 WHERE seq >= 5",
                                "UPDATE audit_log SET seq = seq - 99 WHERE seq > 100",
                                "INSERT INTO audit_log SELECT chain, 5, at, 'mallory', roles, action, subject_kind,"
                                        + " subject_id, event_id, reason_digest, details, act_key, prev_hash, hash"
                                        + " FROM audit_log WHERE seq = 4")));
    }

    @ParameterizedTest
    @MethodSource
    void tampered(int place, List<String> statements) throws Exception {
        written();

        log.asOwner(statements.toArray(String[]::new));

        assertThat(log.verdict().problems()).singleElement().asString().startsWith(CHAIN + " entry " + place + " ");
        Log.Said python = log.python();
        assertThat(python.code()).isEqualTo(1);
        assertThat(python.output()).startsWith("WRONG: " + CHAIN + " entry " + place + " ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9})
    void anAnchorTellsThatTheEndWasCutOff(int from) throws Exception {
        Anchor anchor = written();

        log.asOwner("DELETE FROM audit_reasons WHERE seq >= " + from, "DELETE FROM audit_log WHERE seq >= " + from);

        assertThat(log.verdict().problems()).as("nothing inside tells").isEmpty();
        assertThat(log.verdict(anchor).problems())
                .singleElement()
                .asString()
                .startsWith(CHAIN + " entry " + from + " is missing: the anchor of ")
                .endsWith("saw the chain end at 9");
        assertThat(log.python(anchor).code()).isEqualTo(1);
    }

    @Test
    void anAnchorTellsThatTheChainWasWrittenAnew() throws Exception {
        Anchor anchor = written();

        written();

        assertThat(log.verdict().problems()).isEmpty();
        assertThat(log.verdict(anchor).problems())
                .singleElement()
                .asString()
                .startsWith(CHAIN + " entry 9 is not the one that the anchor of ");
        assertThat(log.python(anchor).code()).isEqualTo(1);
    }

    @Test
    void bothVerifiersAgreeOnAChainThatIsWhole() throws Exception {
        Anchor anchor = written();

        AuditVerdict verdict = log.verdict(anchor);
        Log.Said python = log.python(anchor);

        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.chains()).singleElement().satisfies(found -> {
            assertThat(found.entries()).isEqualTo(ENTRIES);
            assertThat(python.output()).isEqualTo("%s %d entries %s%n".formatted(CHAIN, ENTRIES, found.hash()));
        });
        assertThat(python.code()).isZero();
    }

    @Test
    void theServiceMayOnlyAppend() throws Exception {
        written();
        String columns =
                "SELECT chain, 10, at, actor, roles, action, subject_kind, subject_id, event_id, reason_digest,"
                        + " details, act_key, prev_hash, hash FROM audit_log WHERE seq = 1";
        for (String forbidden : List.of(
                "UPDATE audit_log SET actor = 'mallory'",
                "DELETE FROM audit_log",
                "TRUNCATE audit_log CASCADE",
                "INSERT INTO audit_log " + columns,
                "UPDATE audit_reasons SET reason = 'x'",
                "DELETE FROM audit_reasons",
                "INSERT INTO audit_reasons VALUES ('test/chain', 1, 'x', 'x')",
                "UPDATE audit_anchors SET anchor = 'x'",
                "DELETE FROM audit_anchors",
                "ALTER TABLE audit_log DISABLE TRIGGER USER")) {
            assertThatThrownBy(() -> OFFICE.sql(forbidden))
                    .as(forbidden)
                    .message()
                    .containsPattern("permission denied|must be owner");
        }
        try (Connection owner = log.owner();
                var statement = owner.createStatement()) {
            for (String forbidden : List.of(
                    "UPDATE audit_log SET actor = 'mallory'",
                    "DELETE FROM audit_log",
                    "TRUNCATE audit_log CASCADE",
                    "UPDATE audit_reasons SET reason = 'x'",
                    "DELETE FROM audit_anchors")) {
                assertThatThrownBy(() -> statement.executeUpdate(forbidden))
                        .as("by the owner: " + forbidden)
                        .hasMessageContaining("append-only");
            }
        }
        assertThat(log.verdict().problems()).isEmpty();
    }

    @Test
    void manyAtOnceMakeOneChainWithoutGapsOfWhatWasCommitted() throws Exception {
        emptied();
        int many = 210;
        List<Future<?>> all = new ArrayList<>();
        IntStream.range(0, many)
                .forEach(i -> all.add(OFFICE.database()
                        .txRetrying(tx -> chain.note(tx, act(i))
                                .compose(noted -> i % 3 == 0 ? Future.failedFuture("no") : Future.succeededFuture()))));
        BoxOffice.await(Future.join(all).transform(done -> Future.succeededFuture()));

        long committed = all.stream().filter(Future::succeeded).count();
        AuditVerdict verdict = log.verdict();

        assertThat(verdict.problems()).isEmpty();
        assertThat(committed).isEqualTo(many * 2 / 3);
        assertThat(verdict.chains())
                .singleElement()
                .satisfies(found -> assertThat(found.entries()).isEqualTo(committed));
    }

    @Test
    void anActWithAKeyIsNotedOnceHoweverManyTry() throws Exception {
        emptied();
        List<Future<?>> all = new ArrayList<>();
        IntStream.range(0, 40)
                .forEach(i -> all.add(OFFICE.database().txRetrying(tx -> chain.note(tx, act(i).once("the-key")))));
        BoxOffice.await(Future.join(all));

        assertThat(log.count()).isEqualTo(1);
    }

    @Test
    void whatIsRolledBackIsNotNoted() throws Exception {
        written();

        Future<Void> failed = OFFICE.database()
                .tx(tx -> chain.note(tx, act(10)).compose(noted -> Future.failedFuture("thought better of it")));

        assertThat(failed.transform(done -> Future.succeededFuture(done.failed()))
                        .await())
                .isTrue();
        assertThat(log.count()).isEqualTo(ENTRIES);
        assertThat(log.verdict().problems()).isEmpty();
    }
}
