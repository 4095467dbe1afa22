package dev.onsale.command.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.Calls;
import dev.onsale.command.CommandServer;
import dev.onsale.command.Shows;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.CreateSeriesRequest;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.SetEventSeriesRequest;
import dev.onsale.runtime.error.Refusal;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class SeriesIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores());

    private final Calls operator = server.operator();
    private final Shows shows = new Shows(operator);

    @Test
    void makesAnEventInASeriesAndMovesItToAnother() {
        String tour = series("World Tour");
        String festival = series("Festival");
        Event event = shows.draft(request -> request.setSeriesId(tour));
        assertThat(event.getSeriesId()).isEqualTo(tour);

        Event moved = set(event, festival);
        Event taken = set(event, "");

        assertThat(moved.getSeriesId()).isEqualTo(festival);
        assertThat(moved.getVersion()).isEqualTo(event.getVersion() + 1);
        assertThat(taken.getSeriesId()).isEmpty();
        assertThat(taken.getVersion()).isEqualTo(event.getVersion() + 2);
    }

    @Test
    void makesOneSeriesOfOneRequest() {
        CreateSeriesRequest request = CreateSeriesRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setName("Once")
                .build();

        String first = operator.call(CatalogAdminServiceGrpcClient.CreateSeries, request)
                .getSeries()
                .getSeriesId();

        assertThat(operator.call(CatalogAdminServiceGrpcClient.CreateSeries, request)
                        .getSeries()
                        .getSeriesId())
                .isEqualTo(first);
    }

    @Test
    void refusesSeriesAndEventsThatThereAreNot() {
        Event event = shows.draft();
        String nobodys = UUID.randomUUID().toString();

        Refusal noSeries = operator.refused(
                CatalogAdminServiceGrpcClient.SetEventSeries,
                request(event.getEventId(), nobodys).build());
        Refusal noEvent = operator.refused(
                CatalogAdminServiceGrpcClient.SetEventSeries,
                request(nobodys, series("Some")).build());
        Refusal unborn = operator.refused(
                CatalogAdminServiceGrpcClient.CreateEvent,
                Shows.request(event.getSeatMapId()).setSeriesId(nobodys).build());

        assertThat(noSeries.reasonName()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(noEvent.reasonName()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(unborn.reasonName()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(set(event, "").getVersion()).isEqualTo(event.getVersion() + 1); // What was refused left no version.
    }

    private String series(String name) {
        return operator.call(
                        CatalogAdminServiceGrpcClient.CreateSeries,
                        CreateSeriesRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setName(name)
                                .build())
                .getSeries()
                .getSeriesId();
    }

    private Event set(Event event, String series) {
        return operator.call(
                        CatalogAdminServiceGrpcClient.SetEventSeries,
                        request(event.getEventId(), series).build())
                .getEvent();
    }

    private static SetEventSeriesRequest.Builder request(String event, String series) {
        return SetEventSeriesRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event)
                .setSeriesId(series);
    }
}
