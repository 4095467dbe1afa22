package dev.onsale.query.seatmap;

import dev.onsale.proto.query.v1.GetLayoutRequest;
import dev.onsale.proto.query.v1.GetLayoutResponse;
import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.GetSeatStatusesRequest;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcService;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.layout.Layouts;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import java.util.UUID;

/** The edge of `SeatMapService`. Public. */
public final class SeatMapRpc {
    private final EventViews views;
    private final Layouts layouts;
    private final Freshness freshness;
    private final SeatWatches watches;

    /**
     * The edge.
     *
     * @param views where answers come from
     * @param layouts layouts by their hash
     * @param freshness of the views
     * @param watches serves the streams
     */
    public SeatMapRpc(EventViews views, Layouts layouts, Freshness freshness, SeatWatches watches) {
        this.views = views;
        this.layouts = layouts;
        this.freshness = freshness;
        this.watches = watches;
    }

    /**
     * The service with its handlers.
     *
     * @return for the RPC server
     */
    public RpcService service() {
        return RpcService.of(SeatMapServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(SeatMapServiceGrpcService.GetSeatMap, (call, request) -> seatMap(request))
                .unary(SeatMapServiceGrpcService.GetLayout, (call, request) -> layout(request))
                .unary(SeatMapServiceGrpcService.GetSeatStatuses, (call, request) -> statuses(request))
                .serverStream(
                        SeatMapServiceGrpcService.WatchSeatStatuses,
                        (call, request, replies) -> watches.watch(request, replies));
    }

    /**
     * Gives the layout.
     *
     * @param request which event and sections
     * @return the layout; fails with RESOURCE_NOT_FOUND
     */
    public Future<GetSeatMapResponse> seatMap(GetSeatMapRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        return views.find(eventId, 0).map(view -> {
            EventLayout layout = view.state().layout();
            return StatusMessages.seatMap(eventId, layout, SectionChoice.of(layout, request.getSectionsList()));
        });
    }

    /**
     * Gives a layout by its hash.
     *
     * @param request which
     * @return the layout; fails with RESOURCE_NOT_FOUND or OVERLOADED
     */
    public Future<GetLayoutResponse> layout(GetLayoutRequest request) {
        return layouts.find(request.getLayoutHash())
                .map(layout -> GetLayoutResponse.newBuilder()
                        .setLayout(layout.document())
                        .build());
    }

    /**
     * Gives the statuses.
     *
     * @param request which event and sections
     * @return all from one version; fails with RESOURCE_NOT_FOUND
     */
    public Future<GetSeatStatusesResponse> statuses(GetSeatStatusesRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        return views.find(eventId, request.getMinVersion()).map(view -> {
            SeatState state = view.state();
            return StatusMessages.statuses(
                    eventId,
                    state,
                    SectionChoice.of(state.layout(), request.getSectionsList()),
                    request.getOneBlock(),
                    freshness.asOf(state.version(), state.atMillis(), view.detached()));
        });
    }
}
