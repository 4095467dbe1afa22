package dev.onsale.query.availability;

import dev.onsale.proto.query.v1.AvailabilityServiceGrpcService;
import dev.onsale.proto.query.v1.Counts;
import dev.onsale.proto.query.v1.GetAvailabilityRequest;
import dev.onsale.proto.query.v1.GetAvailabilityResponse;
import dev.onsale.proto.query.v1.SectionCounts;
import dev.onsale.proto.query.v1.TierCounts;
import dev.onsale.query.catalog.EventSummaries;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.seatmap.EventView;
import dev.onsale.query.seatmap.EventViews;
import dev.onsale.query.seatmap.SeatCounts;
import dev.onsale.query.seatmap.SeatState;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** The edge of `AvailabilityService`. Public. */
public final class AvailabilityRpc {
    private final EventViews views;
    private final Freshness freshness;

    /**
     * The edge.
     *
     * @param views where answers come from
     * @param freshness of the views
     */
    public AvailabilityRpc(EventViews views, Freshness freshness) {
        this.views = views;
        this.freshness = freshness;
    }

    /**
     * The service with its handlers.
     *
     * @return for the RPC server
     */
    public RpcService service() {
        return RpcService.of(AvailabilityServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(
                        AvailabilityServiceGrpcService.GetAvailability,
                        Access.PUBLIC,
                        (call, request) -> availability(request));
    }

    /**
     * Counts.
     *
     * @param request which event
     * @return all from one version; fails with RESOURCE_NOT_FOUND
     */
    public Future<GetAvailabilityResponse> availability(GetAvailabilityRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        return views.find(eventId, request.getMinVersion()).map(view -> answer(eventId, view));
    }

    private GetAvailabilityResponse answer(UUID eventId, EventView view) {
        SeatState state = view.state();
        GetAvailabilityResponse.Builder answer = GetAvailabilityResponse.newBuilder()
                .setEventId(eventId.toString())
                .setState(EventSummaries.state(view.event().status()))
                .setTotal(counts(state.total()))
                .setAsOf(freshness.asOf(state.version(), state.atMillis(), view.detached()));
        addSections(answer, state);
        addAreas(answer, state);
        state.byTier()
                .forEach((tier, counts) -> answer.addTiers(
                        TierCounts.newBuilder().setPriceTier(tier).setCounts(counts(counts))));
        return answer.build();
    }

    private static void addSections(GetAvailabilityResponse.Builder answer, SeatState state) {
        List<EventLayout.Section> sections = state.layout().sections();
        for (int i = 0; i < sections.size(); i++) {
            answer.addSections(SectionCounts.newBuilder()
                    .setSection(sections.get(i).code())
                    .setPriceTier(sections.get(i).tier())
                    .setCounts(counts(state.sections().get(i).counts())));
        }
    }

    private static void addAreas(GetAvailabilityResponse.Builder answer, SeatState state) {
        List<EventLayout.Area> areas = state.layout().areas();
        for (int i = 0; i < areas.size(); i++) {
            answer.addSections(SectionCounts.newBuilder()
                    .setSection(areas.get(i).code())
                    .setPriceTier(areas.get(i).tier())
                    .setGeneralAdmission(true)
                    .setCounts(counts(state.areas().get(i).counts())));
        }
    }

    private static Counts counts(SeatCounts counts) {
        return Counts.newBuilder()
                .setAvailable(counts.available())
                .setHeld(counts.held())
                .setSold(counts.sold())
                .setBlocked(counts.blocked())
                .build();
    }
}
