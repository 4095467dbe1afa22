package dev.onsale.query.catalog;

import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcService;
import dev.onsale.proto.query.v1.GetEventRequest;
import dev.onsale.proto.query.v1.GetEventResponse;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.proto.query.v1.SearchEventsResponse;
import dev.onsale.query.elastic.Searches;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import java.util.UUID;

/** The edge of `CatalogQueryService`. Public. */
public final class CatalogQueryRpc {
    private final EventCache events;
    private final EventSearch search;
    private final Freshness streams;
    private final Freshness projection;

    /**
     * The edge.
     *
     * @param events single events
     * @param searches the indexes
     * @param streams how fresh single events are
     * @param projection how fresh the indexes are
     */
    public CatalogQueryRpc(EventCache events, Searches searches, Freshness streams, Freshness projection) {
        this.events = events;
        this.search = new EventSearch(searches);
        this.streams = streams;
        this.projection = projection;
    }

    /**
     * The service with its handlers.
     *
     * @return for the RPC server
     */
    public RpcService service() {
        return RpcService.of(CatalogQueryServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(CatalogQueryServiceGrpcService.GetEvent, Access.PUBLIC, (call, request) -> event(request))
                .unary(CatalogQueryServiceGrpcService.SearchEvents, Access.PUBLIC, (call, request) -> search(request));
    }

    /**
     * Reads one event.
     *
     * @param request which
     * @return the event; fails with RESOURCE_NOT_FOUND
     */
    public Future<GetEventResponse> event(GetEventRequest request) {
        return events.published(UUID.fromString(request.getEventId()))
                .map(event -> GetEventResponse.newBuilder()
                        .setEvent(EventSummaries.of(event))
                        .setAsOf(streams.asOf())
                        .build());
    }

    /**
     * Finds events.
     *
     * @param request the question
     * @return a page; fails with DEPENDENCY_UNAVAILABLE if Elasticsearch is away
     */
    public Future<SearchEventsResponse> search(SearchEventsRequest request) {
        return search.find(request).map(page -> {
            SearchEventsResponse.Builder answer = SearchEventsResponse.newBuilder()
                    .setNextPageToken(page.nextToken())
                    .setTotal(page.total())
                    .setAsOf(projection.asOf());
            page.hits().forEach(event -> answer.addEvents(EventSummaries.of(event)));
            return answer.build();
        });
    }
}
