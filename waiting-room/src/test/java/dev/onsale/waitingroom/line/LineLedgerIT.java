package dev.onsale.waitingroom.line;

import static dev.onsale.waitingroom.line.LineTable.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.embedded.StoreKind;
import dev.onsale.testkit.TestStores;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The life of a line, on Redis's own clock. */
class LineLedgerIT {

    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.REDIS);

    private LineTable table;

    @BeforeEach
    void open() {
        table = LineTable.realTime(STORES.redisUri());
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void goesFromTheLobbyToTheEndOfASession() {
        var opened = await(table.ledger.open(table.terms(LineState.LOBBY, 1_000)));
        assertThat(opened.state()).isEqualTo(LineState.LOBBY);
        assertThat(opened.lobbyDigest()).hasSize(20);

        assertThat(table.join(11, 12, 11))
                .containsExactly(
                        new JoinOutcome.Joined(1, false),
                        new JoinOutcome.Joined(2, false),
                        new JoinOutcome.Joined(1, true));
        assertThat(table.claim(1, 0, 11)).isEqualTo(new ClaimOutcome.NotYet(0));

        var frozen = await(table.ledger.freeze(table.event));
        assertThat(frozen.lobbySize()).isEqualTo(2);
        assertThat(frozen.lobbyDigest()).isNotEqualTo(opened.lobbyDigest());
        assertThat(await(table.ledger.start(table.event)).state()).isEqualTo(LineState.OPEN);
        table.tickUntilServed(2);

        var admitted = table.claim(1, 2, 11);
        assertThat(admitted).isInstanceOf(ClaimOutcome.Admitted.class);
        assertThat(table.claim(1, 2, 11)).isEqualTo(admitted);
        assertThat(table.claim(2, 1, 11)).as("another's entry").isEqualTo(new ClaimOutcome.Used());
        await(table.ledger.finish(table.event, List.of(1L)));
        assertThat(table.claim(1, 2, 11)).isEqualTo(new ClaimOutcome.Used());
        assertThat(await(table.ledger.close(table.event)))
                .returns(LineState.CLOSED, LineTick::state)
                .returns(1L, LineTick::admitted)
                .returns(1L, LineTick::finished)
                .returns(1L, LineTick::pending)
                .returns(0L, LineTick::active);
        assertThat(table.join(13)).containsExactly(new JoinOutcome.Closed());
    }

    @Test
    void saysThatItHasNoSuchRoom() {
        assertThatThrownBy(() -> table.join(1)).isInstanceOf(LineLost.class);
        assertThatThrownBy(() -> await(table.ledger.tick(table.event, 0, 0))).isInstanceOf(LineLost.class);
    }
}
