package dev.onsale.command.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.Calls;
import dev.onsale.command.CommandServer;
import dev.onsale.command.Shows;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CreateEventRequest;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.GetEventRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.ListEventsRequest;
import dev.onsale.proto.catalog.v1.ListEventsResponse;
import dev.onsale.proto.catalog.v1.LockingMode;
import dev.onsale.proto.catalog.v1.PriceTier;
import dev.onsale.proto.catalog.v1.SeatMap;
import dev.onsale.proto.catalog.v1.SetPricesRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.FieldFault;
import dev.onsale.runtime.error.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogAdminIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores());

    private final Calls operator = server.operator();
    private final Shows shows = new Shows(operator);

    @Test
    void createsAnEventWithAllItsSeats() {
        Event event = shows.draft();

        assertThat(event.getState()).isEqualTo(EventState.EVENT_STATE_DRAFT);
        assertThat(event.getCapacity()).isEqualTo(80);
        assertThat(event.getTimeZone()).isEqualTo("Europe/Berlin");
        assertThat(event.getLockingMode()).isEqualTo(LockingMode.LOCKING_MODE_OPTIMISTIC);
        assertThat(event.getHoldTtl().getSeconds()).isEqualTo(300);
        assertThat(event.getPriceTiersList())
                .extracting(PriceTier::getAllIn)
                .containsExactly(Shows.euros(4708), Shows.euros(2500));
        assertThat(operator.call(CatalogAdminServiceGrpcClient.GetEvent, get(event))
                        .getEvent())
                .isEqualTo(event);
    }

    @Test
    void givesEachImportOfANameTheNextVersion() {
        String venue = shows.venue();

        SeatMap first = shows.seatMap(venue, Shows.map(10, 50));
        SeatMap second = shows.seatMap(venue, Shows.map(10, 50));

        assertThat(List.of(first.getVersion(), second.getVersion())).containsExactly(1, 2);
        assertThat(first.getContentHash()).hasSize(64).isEqualTo(second.getContentHash());
        assertThat(first.getSeatCount()).isEqualTo(30);
        assertThat(first.getSectionsList()).containsExactly("A", "B");
    }

    @Test
    void refusesABadSeatMapWithThePathOfEachFault() {
        String bad = Shows.map(10, 50)
                .replace("\"accessible\":[1]", "\"accessible\":[11]")
                .replace("\"B\"", "\"A\"");

        Refusal refusal = operator.streamRefused(
                CatalogAdminServiceGrpcClient.ImportSeatMap, Shows.chunks(shows.venue(), bad, 1_000));

        assertThat(refusal.reasonName()).isEqualTo("SEAT_MAP_INVALID");
        assertThat(paths(refusal)).containsExactly("sections[0].rows[0].accessible[0]", "sections[1].code");
    }

    @Test
    void listsAsManyFaultsAsFitAndSaysHowManyThereAre() {
        String row = "{\"code\":\"*\",\"runs\":[]}";
        String bad = "{\"format\":\"onsale-seat-map/1\",\"name\":\"x\",\"sections\":[{\"code\":\"A\",\"name\":\"a\","
                + "\"rows\":[" + (row + ",").repeat(149) + row + "]}]}";

        Refusal refusal = operator.streamRefused(
                CatalogAdminServiceGrpcClient.ImportSeatMap, Shows.chunks(shows.venue(), bad, 48_000));

        assertThat(refusal.metadata()).containsEntry("faults", "300");
        assertThat(refusal.fields()).hasSizeGreaterThan(30);
    }

    @Test
    void refusesImportsThatAreNotAsAgreed() {
        String venue = shows.venue();
        List<ImportSeatMapRequest> good = Shows.chunks(venue, Shows.map(10, 50), 200);
        var method = CatalogAdminServiceGrpcClient.ImportSeatMap;

        assertThat(paths(operator.streamRefused(method, good.subList(1, 3)))).containsExactly("header");
        assertThat(paths(operator.streamRefused(method, List.of(good.getFirst(), good.getFirst()))))
                .containsExactly("header");
        assertThat(operator.streamRefused(method, Shows.chunks(UUID.randomUUID().toString(), Shows.map(1, 1), 900))
                        .reasonName())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(operator.streamRefused(method, good.subList(0, 2)).reasonName())
                .isEqualTo("SEAT_MAP_INVALID");
    }

    @Test
    void refusesAnEventWhoseTiersDoNotFitItsSeats() {
        String map = shows.seatMap(shows.venue(), Shows.map(10, 50)).getSeatMapId();
        CreateEventRequest.Builder request = Shows.request(map);
        request.getTierAssignmentsBuilder(0).clearSections().addSections("A").addSections("C");
        request.getTierAssignmentsBuilder(1).setPriceTier("GOLD").addSections("A");

        Refusal refusal = operator.refused(CatalogAdminServiceGrpcClient.CreateEvent, request.build());

        assertThat(refusal.reasonName()).isEqualTo("INVALID_FIELD");
        assertThat(paths(refusal))
                .containsExactly(
                        "tier_assignments[0].sections[1]",
                        "tier_assignments[1].price_tier",
                        "tier_assignments[1].sections[0]",
                        "tier_assignments");
    }

    @Test
    void refusesPricesThatAreNoneAndTimesThatDoNotFit() {
        String map = shows.seatMap(shows.venue(), Shows.map(10, 50)).getSeatMapId();
        CreateEventRequest.Builder request = Shows.request(map);
        request.setSaleEnd(request.getSaleStart());
        request.getPriceTiersBuilder(0).getFeeBuilder().setNanos(1);
        request.getPriceTiersBuilder(0).getTaxBuilder().setUnits(-1).setNanos(0);
        request.getPriceTiersBuilder(1).getFaceBuilder().setCurrencyCode("USD");

        Refusal refusal = operator.refused(CatalogAdminServiceGrpcClient.CreateEvent, request.build());

        assertThat(paths(refusal))
                .containsExactly(
                        "price_tiers[0].fee", "price_tiers[0].tax", "price_tiers[1].face.currency_code", "sale_end");
        assertThat(operator.refused(
                                CatalogAdminServiceGrpcClient.CreateEvent,
                                Shows.request(UUID.randomUUID().toString()).build())
                        .reasonName())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void givesEveryPriceChangeTheNextVersion() {
        Event event = shows.draft();
        SetPricesRequest.Builder request = SetPricesRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event.getEventId())
                .addPriceTiers(Shows.tier("SEATED", 5000, 0, 0));

        assertThat(paths(operator.refused(CatalogAdminServiceGrpcClient.SetPrices, request.build())))
                .containsExactly("price_tiers");
        Event changed = operator.call(
                        CatalogAdminServiceGrpcClient.SetPrices,
                        request.addPriceTiers(Shows.tier("STANDING", 3000, 0, 0))
                                .build())
                .getEvent();

        assertThat(changed.getPriceVersion()).isEqualTo(2);
        assertThat(changed.getVersion()).isEqualTo(event.getVersion() + 1);
        assertThat(changed.getPriceTiers(0).getAllIn()).isEqualTo(Shows.euros(5000));
    }

    @Test
    void listsEventsNewestFirstPageByPage() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.addFirst(shows.draft().getEventId());
        }

        List<String> listed = new ArrayList<>();
        String token = "";
        while (listed.size() < 3) {
            ListEventsResponse page = operator.call(
                    CatalogAdminServiceGrpcClient.ListEvents,
                    ListEventsRequest.newBuilder()
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            page.getEventsList().forEach(event -> listed.add(event.getEventId()));
            token = page.getNextPageToken();
        }

        assertThat(listed).startsWith(made.toArray(String[]::new));
        assertThat(paths(operator.refused(
                        CatalogAdminServiceGrpcClient.ListEvents,
                        ListEventsRequest.newBuilder().setPageToken("%%").build())))
                .containsExactly("page_token");
    }

    @Test
    void answersARepeatWithTheFirstAnswerAlsoAfterARestart() throws Exception {
        CreateEventRequest request = Shows.request(
                        shows.seatMap(shows.venue(), Shows.map(10, 50)).getSeatMapId())
                .build();
        Event first = operator.call(CatalogAdminServiceGrpcClient.CreateEvent, request)
                .getEvent();

        server.restart();

        Calls again = server.operator();
        assertThat(again.call(CatalogAdminServiceGrpcClient.CreateEvent, request)
                        .getEvent())
                .isEqualTo(first);
        assertThat(again.refused(
                                CatalogAdminServiceGrpcClient.CreateEvent,
                                request.toBuilder().setName("Another").build())
                        .reasonName())
                .isEqualTo("REQUEST_ID_REUSED");
        assertThat(server.as(Role.OPERATOR, "otto")
                        .call(CatalogAdminServiceGrpcClient.CreateEvent, request)
                        .getEvent()
                        .getEventId())
                .isNotEqualTo(first.getEventId());
    }

    @Test
    void isForOperatorsOnly() {
        var request = Shows.venueRequest();
        var method = CatalogAdminServiceGrpcClient.CreateVenue;

        assertThat(server.as(Role.FAN, "alice").refused(method, request).reasonName())
                .isEqualTo("ROLE_REQUIRED");
        assertThat(server.anonymous().refused(method, request).reasonName()).isEqualTo("TOKEN_INVALID");
        assertThat(paths(operator.refused(
                        method, request.toBuilder().setTimeZone("Mars/Base").build())))
                .containsExactly("time_zone");
    }

    private static GetEventRequest get(Event event) {
        return GetEventRequest.newBuilder().setEventId(event.getEventId()).build();
    }

    private static List<String> paths(Refusal refusal) {
        return refusal.fields().stream().map(FieldFault::path).toList();
    }
}
