package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcClient;
import dev.onsale.proto.query.v1.EventSummary;
import dev.onsale.proto.query.v1.GetSeriesRequest;
import dev.onsale.proto.query.v1.GetSeriesResponse;
import dev.onsale.proto.query.v1.ListSeriesRequest;
import dev.onsale.proto.query.v1.ListSeriesResponse;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.proto.query.v1.SearchEventsResponse;
import dev.onsale.proto.query.v1.SeriesSummary;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Series, and pages that stay what they were while events are written. */
final class SteadyPagesIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SHOWS = 30;

    private static ReadSide side;
    private static RpcClient anyone;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        anyone = Clients.anonymous(side);
        rebuild(); // None of the start is under way any more, which would end a point in time.
    }

    private static void rebuild() {
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() ->
                        QueryMain.rebuild(side.vertx, side.config()).await().millis() >= 0);
    }

    @AfterAll
    static void stop() throws SQLException {
        anyone.close().await();
        side.close();
    }

    @Test
    void showsEachEventOnceInOneOrderThoughAllAreMovedMeanwhile() throws SQLException {
        Sale sale = side.sale("Paged", "Pageville").load();
        List<UUID> shows = sale.copies("Paged show", SHOWS);
        awaitTotal("pageville", SHOWS + 1);

        List<String> seen = new ArrayList<>();
        SearchEventsResponse page = search("pageville", "");
        collect(page, seen);
        for (int round = 1; !page.getNextPageToken().isEmpty(); round++) {
            for (int i = 0;
                    i < SHOWS;
                    i++) { // Those ahead go behind, those behind go ahead, and there are more of them.
                sale.move(shows.get(i), seen.contains(shows.get(i).toString()) ? 1000 : -1000, round + 1);
            }
            sale.copies("Late show", 2);
            awaitTotal("pageville", SHOWS + 1 + 2 * round);
            page = search("pageville", page.getNextPageToken());
            assertThat(page.getTotal()).isEqualTo(SHOWS + 1);
            collect(page, seen);
        }

        List<String> first = new ArrayList<>(List.of(sale.eventId.toString()));
        shows.forEach(show -> first.add(show.toString()));
        assertThat(seen).isEqualTo(first);
    }

    @Test
    void goesOnInThePresentWhenThePointInTimeHasPassed() throws SQLException {
        Sale sale = side.sale("Rebuilt", "Rebuildham").load();
        sale.copies("Rebuilt show", SHOWS);
        awaitTotal("rebuildham", SHOWS + 1);
        SearchEventsResponse page = search("rebuildham", "");
        List<String> seen = new ArrayList<>();
        collect(page, seen);

        rebuild(); // Its index is gone, and the point in time with it.

        while (!page.getNextPageToken().isEmpty()) {
            page = search("rebuildham", page.getNextPageToken());
            collect(page, seen);
        }
        assertThat(seen).hasSize(SHOWS + 1).doesNotHaveDuplicates();
        assertThat(search("rebuildham", "").getTotal()).isEqualTo(SHOWS + 1);
    }

    @Test
    void refusesATokenThatWasMadeUp() throws SQLException {
        side.sale("Forged", "Forgeton").load().copies("Forged show", SHOWS);
        awaitTotal("forgeton", SHOWS + 1);
        String good = search("forgeton", "").getNextPageToken();
        JsonArray values = new JsonArray(new String(Base64.getUrlDecoder().decode(good), StandardCharsets.UTF_8));
        values.set(1, "bm8tc3VjaC1wb2ludC1pbi10aW1l");
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(values.encode().getBytes(StandardCharsets.UTF_8));

        for (String token : List.of(forged, good.substring(1), "x", "%%")) {
            assertThatThrownBy(() -> search("forgeton", token)).isInstanceOfSatisfying(Refusal.class, no -> {
                assertThat(no.reasonName()).isEqualTo("INVALID_FIELD");
                assertThat(no.fields().getFirst().path()).isEqualTo("page_token");
            });
        }
        assertThatThrownBy(() -> search("other", good)).isInstanceOf(Refusal.class);
    }

    @Test
    void showsASeriesWithItsEventsInTheOrderOfTheirDates() throws SQLException {
        Sale sale = side.sale("Opening", "Tourton").load();
        String tour = sale.series("Über Tour", "Around the world").toString();
        List<UUID> dates = sale.copies("Date", 4);
        String other =
                side.sale("Other", "Tourton").load().series("Another Tour", "").toString();
        Sale hidden = side.sale("Hidden", "Tourton").load();
        String drafts = hidden.series("Only drafts", "").toString();
        hidden.status("draft");
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(series(tour, "").getTotal()).isEqualTo(5));

        List<String> seen = new ArrayList<>();
        GetSeriesResponse page = series(tour, "");
        assertThat(page.getSeries().getName()).isEqualTo("Über Tour");
        assertThat(page.getSeries().getDescription()).isEqualTo("Around the world");
        page.getEventsList().forEach(event -> seen.add(event.getEventId()));
        page = series(tour, page.getNextPageToken());
        page.getEventsList().forEach(event -> seen.add(event.getEventId()));
        List<String> expected = new ArrayList<>(List.of(sale.eventId.toString()));
        dates.forEach(date -> expected.add(date.toString()));
        assertThat(seen).isEqualTo(expected);
        assertThat(page.getEvents(0).getSeriesName()).isEqualTo("Über Tour");

        await().atMost(LONG).untilAsserted(() -> assertThat(listed()).containsExactly("Another Tour 1", "Über Tour 5"));
        for (String unknown : List.of(drafts, UUID.randomUUID().toString())) {
            assertThatThrownBy(() -> series(unknown, ""))
                    .isInstanceOfSatisfying(
                            Refusal.class, no -> assertThat(no.reasonName()).isEqualTo("RESOURCE_NOT_FOUND"));
        }

        sale.event("series_id", UUID.fromString(other)); // Moved: the change feed brings it there.
        await().atMost(LONG).untilAsserted(() -> assertThat(listed()).containsExactly("Another Tour 2", "Über Tour 4"));
    }

    private static List<String> listed() {
        List<String> names = new ArrayList<>();
        String token = "";
        do {
            ListSeriesResponse page = anyone.call(
                            CatalogQueryServiceGrpcClient.ListSeries,
                            ListSeriesRequest.newBuilder()
                                    .setPageSize(1)
                                    .setPageToken(token)
                                    .build())
                    .await();
            for (SeriesSummary series : page.getSeriesList()) {
                assertThat(series.getFirstEventTime().getSeconds()).isPositive();
                names.add(series.getSeries().getName() + " " + series.getEvents());
            }
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return names;
    }

    private static GetSeriesResponse series(String id, String token) {
        return anyone.call(
                        CatalogQueryServiceGrpcClient.GetSeries,
                        GetSeriesRequest.newBuilder()
                                .setSeriesId(id)
                                .setPageSize(3)
                                .setPageToken(token)
                                .build())
                .await();
    }

    private static void collect(SearchEventsResponse page, List<String> seen) {
        page.getEventsList().stream().map(EventSummary::getEventId).forEach(seen::add);
    }

    private static void awaitTotal(String city, int total) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(search(city, "").getTotal()).isEqualTo(total));
    }

    private static SearchEventsResponse search(String city, String token) {
        return anyone.call(
                        CatalogQueryServiceGrpcClient.SearchEvents,
                        SearchEventsRequest.newBuilder()
                                .setCity(city)
                                .setPageSize(7)
                                .setPageToken(token)
                                .build())
                .await();
    }
}
