package dev.onsale.query.availability;

import dev.onsale.proto.query.v1.AvailabilityServiceGrpcService;
import dev.onsale.proto.query.v1.BatchGetAvailabilityRequest;
import dev.onsale.proto.query.v1.Counts;
import dev.onsale.proto.query.v1.GetAvailabilityRequest;
import dev.onsale.proto.query.v1.GetAvailabilityResponse;
import dev.onsale.proto.query.v1.KindCounts;
import dev.onsale.proto.query.v1.SectionCounts;
import dev.onsale.proto.query.v1.TierCounts;
import dev.onsale.query.catalog.EventCache;
import dev.onsale.query.catalog.EventSummaries;
import dev.onsale.query.catalog.Left;
import dev.onsale.query.catalog.LeftRule;
import dev.onsale.query.catalog.SaleStates;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.seatmap.EventView;
import dev.onsale.query.seatmap.EventViews;
import dev.onsale.query.seatmap.SeatCounts;
import dev.onsale.query.seatmap.SeatState;
import dev.onsale.query.web.HttpRead;
import dev.onsale.runtime.rpc.RpcService;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** The edge of `AvailabilityService`. Public. */
public final class AvailabilityRpc {
    private final EventViews views;
    private final Freshness freshness;
    private final LeftRule rule;
    private final PlaceKinds kinds = new PlaceKinds();
    private final BatchAvailability batch;

    /**
     * The edge.
     *
     * @param sources where answers come from
     * @param elastic counts of events that are not shown here
     * @param rule from when on little is left
     * @param registry where hits and misses are shown
     */
    public AvailabilityRpc(Sources sources, Elastic elastic, LeftRule rule, MeterRegistry registry) {
        this.views = sources.views;
        this.freshness = sources.streams;
        this.rule = rule;
        this.batch = new BatchAvailability(
                new BatchAvailability.Sources(
                        views,
                        sources.events,
                        new StoredCounts(elastic, registry),
                        sources.streams,
                        sources.projection),
                rule,
                registry);
    }

    /**
     * Where answers come from.
     *
     * @param views events this node shows
     * @param events rows of events
     * @param streams how fresh the views are
     * @param projection how fresh the indexes are
     */
    public record Sources(EventViews views, EventCache events, Freshness streams, Freshness projection) {}

    /**
     * The service with its handlers.
     *
     * @return for the RPC server
     */
    public RpcService service() {
        return RpcService.of(AvailabilityServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(AvailabilityServiceGrpcService.GetAvailability, (call, request) -> availability(request))
                .unary(AvailabilityServiceGrpcService.BatchGetAvailability, (call, request) -> batch.of(request));
    }

    /**
     * The same reads over HTTP.
     *
     * @return each with how long caches may keep it
     */
    public List<HttpRead<?, ?>> reads() {
        return List.of(
                new HttpRead<>(
                        AvailabilityServiceGrpcService.SERVICE_DESCRIPTOR.findMethodByName("GetAvailability"),
                        GetAvailabilityRequest.getDefaultInstance(),
                        this::availability,
                        1),
                new HttpRead<>(
                        AvailabilityServiceGrpcService.SERVICE_DESCRIPTOR.findMethodByName("BatchGetAvailability"),
                        BatchGetAvailabilityRequest.getDefaultInstance(),
                        batch::of,
                        2));
    }

    private Future<GetAvailabilityResponse> availability(GetAvailabilityRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        return views.find(eventId, request.getMinVersion()).map(view -> answer(eventId, view));
    }

    private GetAvailabilityResponse answer(UUID eventId, EventView view) {
        SeatState state = view.state();
        SeatCounts total = state.total();
        Left left = rule.of(total.available(), total.total());
        GetAvailabilityResponse.Builder answer = GetAvailabilityResponse.newBuilder()
                .setEventId(eventId.toString())
                .setState(EventSummaries.state(view.event().status()))
                .setAvailability(SaleStates.of(view.event(), left, System.currentTimeMillis()))
                .setTotal(counts(total))
                .setRestrictedView(counts(kinds.restrictedView(state)))
                .setAsOf(freshness.asOf(state.version(), state.atMillis(), view.detached()));
        addSections(answer, state);
        addAreas(answer, state);
        state.byTier()
                .forEach((tier, counts) -> answer.addTiers(
                        TierCounts.newBuilder().setPriceTier(tier).setCounts(counts(counts))));
        kinds.count(state)
                .forEach((kind, counts) ->
                        answer.addKinds(KindCounts.newBuilder().setKind(kind).setCounts(counts(counts))));
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
