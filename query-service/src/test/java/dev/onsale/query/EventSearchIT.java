package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.type.DayOfWeek;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.AvailabilityCount;
import dev.onsale.proto.query.v1.AvailabilityState;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcClient;
import dev.onsale.proto.query.v1.EventFacets;
import dev.onsale.proto.query.v1.EventHit;
import dev.onsale.proto.query.v1.EventOrder;
import dev.onsale.proto.query.v1.EventSummary;
import dev.onsale.proto.query.v1.Facet;
import dev.onsale.proto.query.v1.FacetValue;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.proto.query.v1.SearchEventsResponse;
import dev.onsale.proto.query.v1.TextPart;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Shows around the world, found by all that fans ask for. */
final class EventSearchIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ROCK = "Midnight Rock";
    private static final String DANCE = "Date Line Dance";
    private static final String CLOCK = "Clock Change";
    private static final String METAL = "Metal <script>alert(1)</script> Fest";
    private static final String SOON = "Not yet";
    private static final List<String> ALL = List.of(ROCK, DANCE, CLOCK, METAL, SOON);

    private static ReadSide side;
    private static RpcClient anyone;
    private static String tour;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        anyone = Clients.anonymous(side);
        Sale rock = at("Los Angeles", "US", "America/Los_Angeles", 34.05, -118.24, ROCK, "2030-06-15T06:30:00Z");
        rock.prices("USD", 10_000, 6000);
        Sale dance = at("Apia", "WS", "Pacific/Apia", -13.83, -171.77, DANCE, "2030-06-14T11:30:00Z");
        dance.seats(SeatStatus.SOLD, Sale.ordinals());
        dance.sellArea(Sale.AREA - 10);
        tour = dance.series("Islands Tour", "All the islands").toString();
        Sale clock = at("Berlin", "DE", "Europe/Berlin", 52.5, 13.4, CLOCK, "2030-10-27T22:30:00Z");
        clock.seats(SeatStatus.SOLD, Sale.ordinals());
        clock.sellArea(Sale.AREA);
        Sale metal = at("Köln", "DE", "Europe/Berlin", 50.94, 6.96, METAL, "2030-05-01T18:00:00Z");
        metal.event(
                "description",
                "x".repeat(150) + " before the loudest of all guitars comes <b>Žižkov</b> " + "y ".repeat(200));
        Sale soon = at("KÖLN", "DE", "Europe/Berlin", 50.95, 6.97, SOON, "2030-05-02T18:00:00Z");
        soon.event("sale_start", OffsetDateTime.of(2030, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        side.sale("A draft", "Köln").load().status("draft");
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(counted(search(facets())))
                        .isEqualTo("AVAILABLE 2, FEW_LEFT 1, SOLD_OUT 1, NOT_ON_SALE 1"));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(names(ask().setSeriesId(tour))).containsExactly(DANCE));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(names(ask().setCurrency("USD"))).containsExactly(ROCK));
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(names(ask().setQuery("zizkov"))).containsExactly(METAL));
    }

    private static Sale at(String city, String country, String zone, double lat, double lon, String name, String date)
            throws SQLException {
        Sale sale = side.sale(name, city).load();
        sale.venue("country", country);
        sale.venue("time_zone", zone);
        sale.venue("latitude", lat);
        sale.venue("longitude", lon);
        sale.event("event_date", Instant.parse(date).atOffset(ZoneOffset.UTC));
        return sale;
    }

    @AfterAll
    static void stop() throws SQLException {
        anyone.close().await();
        side.close();
    }

    @Test
    void findsADayByTheCalendarOfEachVenue() {
        assertThat(names(ask().setFromDate("2030-06-14").setToDate("2030-06-14")))
                .containsExactly(ROCK);
        assertThat(names(ask().setFromDate("2030-06-15").setToDate("2030-06-15")))
                .containsExactly(DANCE);
        assertThat(names(ask().setFromDate("2030-10-27").setToDate("2030-10-27")))
                .containsExactly(CLOCK);
        assertThat(names(ask().setFromDate("2030-10-28"))).isEmpty();
        assertThat(names(ask().addDaysOfWeek(DayOfWeek.FRIDAY))).containsExactly(ROCK);
        assertThat(search(ask().setFromDate("2030-06-14").setToDate("2030-06-14"))
                        .getEvents(0)
                        .getLocalDate())
                .isEqualTo("2030-06-14");
    }

    @Test
    void findsTownsCountriesAndWhatIsNear() {
        assertThat(names(ask().setCity("koln"))).containsExactly(METAL, SOON);
        assertThat(names(ask().setCountry("de"))).containsExactly(METAL, SOON, CLOCK);
        SearchEventsResponse fiji = search(near(-18.14, 178.44).setOrder(EventOrder.EVENT_ORDER_NEAREST));
        assertThat(fiji.getEventsList())
                .extracting(EventSummary::getName)
                .startsWith(DANCE, ROCK)
                .hasSize(5);
        assertThat(fiji.getHits(0).getDistanceKm()).isCloseTo(1146, within(15.0));
        assertThat(fiji.getHitsList()).extracting(EventHit::getDistanceKm).isSorted();
        assertThat(names(near(-18.14, 178.44).setWithinKm(1200))).containsExactly(DANCE);
        assertThat(names(near(-18.14, 178.44).setWithinKm(1100))).isEmpty();
        assertThat(names(near(50.94, 6.96).setWithinKm(2).setOrder(EventOrder.EVENT_ORDER_NEAREST)))
                .containsExactly(METAL, SOON);
    }

    @Test
    void findsPricesThatOverlapInOneCurrency() {
        assertThat(names(ask().setCurrency("EUR").setMinPrice("90.95"))).containsExactly(METAL, SOON, DANCE, CLOCK);
        assertThat(names(ask().setCurrency("EUR").setMinPrice("90.96"))).isEmpty();
        assertThat(names(ask().setCurrency("EUR").setMaxPrice("50.95"))).hasSize(4);
        assertThat(names(ask().setCurrency("EUR").setMaxPrice("50.94"))).isEmpty();
        assertThat(names(ask().setCurrency("USD").setMinPrice("70").setMaxPrice("80")))
                .containsExactly(ROCK);
        assertThat(names(ask().setCurrency("USD").setOrder(EventOrder.EVENT_ORDER_CHEAPEST)))
                .containsExactly(ROCK);
    }

    @Test
    void findsWhatIsLeft() {
        assertThat(names(state(AvailabilityState.AVAILABILITY_STATE_AVAILABLE))).containsExactly(METAL, ROCK);
        assertThat(names(state(AvailabilityState.AVAILABILITY_STATE_FEW_LEFT))).containsExactly(DANCE);
        assertThat(names(state(AvailabilityState.AVAILABILITY_STATE_SOLD_OUT))).containsExactly(CLOCK);
        assertThat(names(state(AvailabilityState.AVAILABILITY_STATE_NOT_ON_SALE)))
                .containsExactly(SOON);
        assertThat(names(ask().setHideSoldOut(true))).doesNotContain(CLOCK).hasSize(4);
        assertThat(search(state(AvailabilityState.AVAILABILITY_STATE_FEW_LEFT))
                        .getHits(0)
                        .getAvailability())
                .isEqualTo(AvailabilityState.AVAILABILITY_STATE_FEW_LEFT);
    }

    @Test
    void countsFacetsThatAddUpToTheTotal() {
        SearchEventsResponse all = search(facets().setPageSize(2));
        EventFacets facets = all.getFacets();

        assertThat(all.getTotal()).isEqualTo(ALL.size());
        assertThat(all.getMoreThanTotal()).isFalse();
        for (Facet facet : List.of(
                facets.getCities(),
                facets.getCountries(),
                facets.getMonths(),
                facets.getDaysOfWeek(),
                facets.getSeries())) {
            assertThat(facet.getValuesList().stream()
                                    .mapToLong(FacetValue::getCount)
                                    .sum()
                            + facet.getOthers())
                    .isEqualTo(ALL.size());
        }
        assertThat(facets.getAvailabilityList().stream()
                        .mapToLong(AvailabilityCount::getCount)
                        .sum())
                .isEqualTo(ALL.size());
        assertThat(values(facets.getCities())).contains("koln 2").hasSize(4);
        assertThat(values(facets.getCountries())).containsExactlyInAnyOrder("DE 3", "US 1", "WS 1");
        assertThat(values(facets.getMonths())).containsExactly("2030-05 2", "2030-06 2", "2030-10 1");
        assertThat(values(facets.getSeries())).containsExactly(tour + " 1");
        assertThat(facets.getSeries().getValues(0).getLabel()).isEqualTo("Islands Tour");
        assertThat(facets.getSeries().getOthers()).isEqualTo(4);
        assertThat(facets.getPricesList()).hasSize(2);
        assertThat(facets.getPrices(0).getLowest().getUnits()).isEqualTo(50);
        assertThat(facets.getPrices(0).getHighest().getUnits()).isEqualTo(90);
        assertThat(values(search(facets().setCountry("US")).getFacets().getMonths()))
                .containsExactly("2030-06 1");
        assertThat(search(facets().setCountry("FR")).getFacets().getPricesList())
                .isEmpty();
    }

    @Test
    void marksTheWordsThatMatchedInTheTextAsItWasWritten() {
        EventHit script = hit(ask().setQuery("metl script").setWithHighlights(true));
        assertThat(text(script.getNameList())).isEqualTo("[Metal] <[script]>alert(1)</[script]> Fest");
        EventHit town = hit(ask().setQuery("fest koln halle").setWithHighlights(true));
        assertThat(text(town.getCityList())).isEqualTo("[Köln]");
        assertThat(text(town.getVenueList())).isEqualTo("Große [Halle]");
        EventHit description = hit(ask().setQuery("zizkov").setWithHighlights(true));
        assertThat(text(description.getDescriptionList()))
                .contains("comes <b>[Žižkov]</b>")
                .hasSizeLessThan(260);
        assertThat(description.getNameCount()).isZero();
        assertThat(hit(ask().setQuery("zizkov")).getDescriptionCount()).isZero();
        EventHit filtered = hit(ask().setQuery("metal").setCity("Köln").setWithHighlights(true));
        assertThat(filtered.getCityCount()).as("a filter is no word asked for").isZero();
    }

    @Test
    void refusesQuestionsWhosePartsDoNotFit() {
        assertThat(refused(ask().setNearLatitude(1))).isEqualTo("near_longitude");
        assertThat(refused(ask().setWithinKm(5))).isEqualTo("within_km");
        assertThat(refused(ask().setOrder(EventOrder.EVENT_ORDER_NEAREST))).isEqualTo("order");
        assertThat(refused(ask().setOrder(EventOrder.EVENT_ORDER_CHEAPEST))).isEqualTo("order");
        assertThat(refused(ask().setMinPrice("5"))).isEqualTo("currency");
        assertThat(refused(ask().setCurrency("XQX").setMinPrice("5"))).isEqualTo("currency");
        assertThat(refused(ask().setCurrency("JPY").setMinPrice("5.5"))).isEqualTo("min_price");
        assertThat(refused(ask().setCurrency("EUR").setMinPrice("9").setMaxPrice("8")))
                .isEqualTo("max_price");
        assertThat(refused(ask().setFromDate("2030-02-30"))).isEqualTo("from_date");
        assertThat(refused(ask().setCountry("Germany"))).isEqualTo("country");
        assertThat(refused(near(91, 0))).isEqualTo("near_latitude");
        assertThat(refused(ask().setSeriesId("x"))).isEqualTo("series_id");
        assertThat(refused(ask().setPageToken("bm9uc2Vuc2U"))).isEqualTo("page_token");
    }

    private static SearchEventsRequest.Builder ask() {
        return SearchEventsRequest.newBuilder();
    }

    private static SearchEventsRequest.Builder facets() {
        return ask().setWithFacets(true);
    }

    private static SearchEventsRequest.Builder near(double latitude, double longitude) {
        return ask().setNearLatitude(latitude).setNearLongitude(longitude);
    }

    private static SearchEventsRequest.Builder state(AvailabilityState state) {
        return ask().addAvailability(state);
    }

    private static SearchEventsResponse search(SearchEventsRequest.Builder request) {
        return anyone.call(CatalogQueryServiceGrpcClient.SearchEvents, request.build())
                .await();
    }

    private static List<String> names(SearchEventsRequest.Builder request) {
        return search(request).getEventsList().stream()
                .map(EventSummary::getName)
                .toList();
    }

    private static EventHit hit(SearchEventsRequest.Builder request) {
        SearchEventsResponse found = search(request);
        assertThat(found.getEventsList()).extracting(EventSummary::getName).containsExactly(METAL);
        assertThat(found.getHits(0).getEventId()).isEqualTo(found.getEvents(0).getEventId());
        return found.getHits(0);
    }

    private static String refused(SearchEventsRequest.Builder request) {
        Refusal[] refusal = new Refusal[1];
        assertThatThrownBy(() -> search(request)).isInstanceOfSatisfying(Refusal.class, no -> refusal[0] = no);
        assertThat(refusal[0].reasonName()).isEqualTo("INVALID_FIELD");
        return refusal[0].fields().getFirst().path();
    }

    private static String counted(SearchEventsResponse found) {
        return found.getFacets().getAvailabilityList().stream()
                .map(count -> count.getAvailability().name().substring("AVAILABILITY_STATE_".length()) + " "
                        + count.getCount())
                .collect(Collectors.joining(", "));
    }

    private static List<String> values(Facet facet) {
        return facet.getValuesList().stream()
                .map(value -> value.getValue() + " " + value.getCount())
                .toList();
    }

    private static String text(List<TextPart> parts) {
        return parts.stream()
                .map(part -> part.getMatched() ? "[" + part.getText() + "]" : part.getText())
                .collect(Collectors.joining());
    }
}
