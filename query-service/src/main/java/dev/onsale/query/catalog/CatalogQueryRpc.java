package dev.onsale.query.catalog;

import co.elastic.clients.elasticsearch.core.search.Hit;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcService;
import dev.onsale.proto.query.v1.EventHit;
import dev.onsale.proto.query.v1.EventSummary;
import dev.onsale.proto.query.v1.GetEventRequest;
import dev.onsale.proto.query.v1.GetEventResponse;
import dev.onsale.proto.query.v1.GetSeriesRequest;
import dev.onsale.proto.query.v1.GetSeriesResponse;
import dev.onsale.proto.query.v1.ListSeriesRequest;
import dev.onsale.proto.query.v1.ListSeriesResponse;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.proto.query.v1.SearchEventsResponse;
import dev.onsale.query.catalog.EventDocument.SeriesDocument;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.SteadySearch;
import dev.onsale.query.elastic.SteadySearch.Found;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.web.HttpRead;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The edge of `CatalogQueryService`. Public. */
public final class CatalogQueryRpc {
    private final EventCache events;
    private final EventSearch search;
    private final SeriesList series;
    private final Freshness streams;
    private final Freshness projection;

    /**
     * The edge.
     *
     * @param vertx where futures complete
     * @param events single events
     * @param elastic the indexes
     * @param streams how fresh single events are
     * @param projection how fresh the indexes are
     */
    public CatalogQueryRpc(Vertx vertx, EventCache events, Elastic elastic, Freshness streams, Freshness projection) {
        this.events = events;
        this.search = new EventSearch(new SteadySearch(vertx, elastic));
        this.series = new SeriesList(elastic);
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
                .unary(CatalogQueryServiceGrpcService.GetEvent, (call, request) -> event(request))
                .unary(CatalogQueryServiceGrpcService.SearchEvents, (call, request) -> search(request))
                .unary(CatalogQueryServiceGrpcService.GetSeries, (call, request) -> series(request))
                .unary(CatalogQueryServiceGrpcService.ListSeries, (call, request) -> listed(request));
    }

    /**
     * The same reads over HTTP.
     *
     * @return each with how long caches may keep it
     */
    public List<HttpRead<?, ?>> reads() {
        return List.of(
                new HttpRead<>(method("GetEvent"), GetEventRequest.getDefaultInstance(), this::event, 10),
                new HttpRead<>(method("SearchEvents"), SearchEventsRequest.getDefaultInstance(), this::search, 5),
                new HttpRead<>(method("GetSeries"), GetSeriesRequest.getDefaultInstance(), this::series, 10),
                new HttpRead<>(method("ListSeries"), ListSeriesRequest.getDefaultInstance(), this::listed, 30));
    }

    private static MethodDescriptor method(String name) {
        return CatalogQueryServiceGrpcService.SERVICE_DESCRIPTOR.findMethodByName(name);
    }

    private Future<GetEventResponse> event(GetEventRequest request) {
        return events.published(UUID.fromString(request.getEventId()))
                .map(event -> GetEventResponse.newBuilder()
                        .setEvent(EventSummaries.of(event))
                        .setAsOf(streams.asOf())
                        .build());
    }

    private Future<SearchEventsResponse> search(SearchEventsRequest request) {
        EventQuestion question = EventQuestion.of(request);
        return search.find(question).map(page -> {
            SearchEventsResponse.Builder answer = SearchEventsResponse.newBuilder()
                    .setNextPageToken(page.nextToken())
                    .setTotal((int) Math.min(Integer.MAX_VALUE, page.total()))
                    .setMoreThanTotal(page.more())
                    .setAsOf(projection.asOf());
            if (request.getWithFacets()) {
                answer.setFacets(EventFacetCounts.of(page.counts(), page.total()));
            }
            each(question, page, (event, hit) -> answer.addEvents(event).addHits(hit));
            return answer.build();
        });
    }

    private Future<GetSeriesResponse> series(GetSeriesRequest request) {
        EventQuestion question = EventQuestion.of(SearchEventsRequest.newBuilder()
                .setSeriesId(request.getSeriesId())
                .setPageSize(request.getPageSize())
                .setPageToken(request.getPageToken())
                .build());
        return search.find(question).map(page -> {
            SeriesDocument found = page.hits().stream()
                    .map(Hit::source)
                    .filter(event -> event != null && event.series() != null)
                    .map(EventDocument::series)
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound("series"));
            GetSeriesResponse.Builder answer = GetSeriesResponse.newBuilder()
                    .setSeries(SeriesList.message(found))
                    .setNextPageToken(page.nextToken())
                    .setTotal((int) Math.min(Integer.MAX_VALUE, page.total()))
                    .setAsOf(projection.asOf());
            each(question, page, (event, hit) -> answer.addEvents(event).addHits(hit));
            return answer.build();
        });
    }

    private Future<ListSeriesResponse> listed(ListSeriesRequest request) {
        return series.page(request)
                .map(answer -> answer.setAsOf(projection.asOf()).build());
    }

    private static void each(
            EventQuestion question, Found<EventDocument> page, BiConsumer<EventSummary, EventHit> seen) {
        page.hits().forEach(hit -> {
            EventDocument event = hit.source();
            if (event != null) {
                seen.accept(EventSummaries.of(event), EventSearch.hit(question, hit, event, page.atMillis()));
            }
        });
    }
}
