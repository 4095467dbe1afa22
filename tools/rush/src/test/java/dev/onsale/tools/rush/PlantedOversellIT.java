package dev.onsale.tools.rush;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.sql.Migrations;
import dev.onsale.testkit.Findings;
import dev.onsale.testkit.LedgerAudit;
import dev.onsale.testkit.ProviderLedger;
import dev.onsale.testkit.TestStores;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An audit that finds nothing proves nothing, unless it finds what was planted. */
class PlantedOversellIT {
    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "command",
                    (jdbcUrl, owner) -> Migrations.of(jdbcUrl, owner.user(), owner.password())
                            .run());

    private static final UUID EVENT = UUID.fromString("00000000-0000-0000-0000-000000000003");

    @Test
    void aSeatSoldTwiceIsRefusedByTheIndexAndCaughtByTheAuditWithoutIt() throws Exception {
        try (Connection postgres = STORES.connect(STORES.postgres().owner())) {
            run(postgres, text("one-sold-seat.sql"));
            assertThat(audit(postgres, capture(31, 5000)).clean()).isTrue();

            String soldAgain = text("sold-again.sql");
            String withIndex = soldAgain.replace("DROP INDEX booking_items_one_claim_a_seat;", "");
            assertThatThrownBy(() -> run(postgres, "BEGIN;" + withIndex))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("23505"));
            run(postgres, "ROLLBACK");

            run(postgres, soldAgain);
            Findings found = audit(postgres, capture(31, 5000), capture(32, 5000));
            assertThat(found.clean()).isFalse();
            assertThat(found.oversold()).isGreaterThan(0);
            assertThat(found.details()).anyMatch(line -> line.contains("A-1-1"));
        }
    }

    @Test
    void moneyTheBookingsDoNotSpeakOfIsCaught() throws Exception {
        try (Connection postgres = STORES.connect(STORES.postgres().owner())) {
            postgres.setAutoCommit(false);
            run(postgres, "TRUNCATE venues, seats CASCADE");
            run(postgres, text("one-sold-seat.sql"));
            assertThat(audit(postgres).unmatchedPayments())
                    .describedAs("never captured")
                    .isEqualTo(1);
            assertThat(audit(postgres, capture(31, 4999)).unmatchedPayments()).isEqualTo(1);
            assertThat(audit(postgres, capture(31, 5000), capture(31, 5000)).unmatchedPayments())
                    .describedAs("captured twice")
                    .isEqualTo(1);
            postgres.rollback();
        }
    }

    private static Findings audit(Connection postgres, String... lines) throws SQLException {
        return new LedgerAudit(postgres, ProviderLedger.of(Stream.of(lines))).audit(EVENT);
    }

    private static String capture(int payment, long amount) {
        return "{\"verb\":\"capture\",\"outcome\":\"approved\",\"booking\":\"\",\"amount\":" + amount
                + ",\"payment\":\"00000000-0000-0000-0000-0000000000" + payment + "\"}";
    }

    private static void run(Connection postgres, String sql) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(String file) throws Exception {
        try (InputStream in = Objects.requireNonNull(PlantedOversellIT.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
