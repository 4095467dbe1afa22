package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.testkit.TestStores;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Elasticsearch can't take what it is given, in every way it has, while changes flow: nothing is lost or put aside. */
class BackPressureIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final int FEW = 3;

    private static BusyProxy proxy;
    private static ReadSide side;
    private static Projections projections;
    private static List<Sale> sales;

    @BeforeAll
    static void start() throws SQLException, IOException {
        proxy = new BusyProxy(stores.elasticsearch().uri());
        side = new ReadSide(stores, Map.of("elasticsearch.url", proxy.uri().toString(), "elasticsearch.timeout", "2s"));
        projections = new Projections(side);
        sales = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            sales.add(side.sale("Pressed " + i, "Berlin").load());
        }
    }

    @AfterAll
    static void stop() throws SQLException {
        projections.close();
        side.close();
        proxy.close();
    }

    @AfterEach
    void heal() throws IOException {
        proxy.takes(Integer.MAX_VALUE);
        flood(false);
    }

    @Test
    void sendsSmallerBulksWhileTooMuchIsTurnedAwayAndLargerOnesAfterwards() throws Exception {
        try (ManySales selling = new ManySales(sales, 2)) {
            await().until(() -> selling.changes() > 200);
            assertThat(most(proxy.sizes())).as("bulks before").isGreaterThan(FEW);
            proxy.takes(FEW);
            await().atMost(Projections.LONG).until(() -> proxy.turnedAway() > 3);
            await().atMost(Projections.LONG)
                    .untilAsserted(
                            () -> { // Mostly of a size that is taken.
                                proxy.sizes();
                                Thread.sleep(1000);
                                List<Integer> sizes = proxy.sizes();
                                assertThat(sizes).isNotEmpty();
                                assertThat(sizes.stream()
                                                .filter(size -> size <= FEW)
                                                .count())
                                        .isGreaterThan(sizes.size() / 2);
                            });
            proxy.takes(Integer.MAX_VALUE);
            await().atMost(Projections.LONG).until(() -> most(proxy.sizes()) > FEW * 4);
        }
        whole();
    }

    @Test
    void waitsWhileTheDiskIsFull() throws Exception {
        try (ManySales selling = new ManySales(sales, 5)) {
            flood(true);
            long sold = selling.changes();
            await().until(() -> selling.changes() > sold + 300);
            assertThat(projections.lag()).as("changes that wait").isPositive();
            assertThat(projections.deadLetters()).isZero();
            flood(false);
        }
        whole();
    }

    @Test
    void waitsWhileElasticsearchIsFrozenOrAway() throws Exception {
        try (ManySales selling = new ManySales(sales, 5)) {
            stores.elasticsearch().pause();
            long sold = selling.changes();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> selling.changes() > sold + 600); // Longer than the timeout.
            stores.elasticsearch().resume();
            await().until(() -> selling.changes() > sold + 800);
            stores.elasticsearch().kill();
            long before = selling.changes();
            await().until(() -> selling.changes() > before + 300);
            stores.elasticsearch().start();
        }
        whole();
    }

    private static void whole() {
        projections.awaitProjected(sales);
        assertThat(projections.deadLetters()).isZero();
        assertThat(projections.pending()).isZero();
    }

    private static int most(List<Integer> sizes) {
        return sizes.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private static void flood(boolean full) throws IOException {
        String alias = side.elastic.live().name(IndexKind.SEAT_BLOCKS);
        side.elastic
                .patient()
                .indices()
                .putSettings(put -> put.index(alias)
                        .settings(settings -> settings.blocks(blocks -> blocks.readOnlyAllowDelete(full))));
    }
}
