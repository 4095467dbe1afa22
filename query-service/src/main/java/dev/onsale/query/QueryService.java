package dev.onsale.query;

import dev.onsale.proto.query.v1.GetSeatMapRequest;
import dev.onsale.proto.query.v1.GetSeatStatusesRequest;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcService;
import dev.onsale.query.availability.AvailabilityRpc;
import dev.onsale.query.availability.SaleWarmer;
import dev.onsale.query.bookingsearch.SupportDesk;
import dev.onsale.query.catalog.CatalogQueryRpc;
import dev.onsale.query.catalog.EventCache;
import dev.onsale.query.documents.LayoutRoutes;
import dev.onsale.query.documents.VenueRoutes;
import dev.onsale.query.elastic.Indexes;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.query.inventoryaudit.InventoryAuditing;
import dev.onsale.query.layout.Layouts;
import dev.onsale.query.projection.LagWatch;
import dev.onsale.query.projection.LiveProjection;
import dev.onsale.query.projection.ProjectionAdminRpc;
import dev.onsale.query.projection.ProjectionFactory;
import dev.onsale.query.rebuild.RebuildRuns;
import dev.onsale.query.seatmap.ChangeFollower;
import dev.onsale.query.seatmap.EventViews;
import dev.onsale.query.seatmap.SeatMapRpc;
import dev.onsale.query.seatmap.SeatWatches;
import dev.onsale.query.stream.StreamTrimmer;
import dev.onsale.query.stream.TailReader;
import dev.onsale.query.stream.Worker;
import dev.onsale.query.timeline.TimelineRpc;
import dev.onsale.query.venue.VenueImages;
import dev.onsale.query.web.HttpFront;
import dev.onsale.query.web.HttpRead;
import dev.onsale.runtime.auth.ServiceToken;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import dev.onsale.runtime.service.Running;
import dev.onsale.runtime.service.ServiceContext;
import dev.onsale.runtime.tls.ServerTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Puts the read side together. */
final class QueryService {
    private static final int COMMAND_PORT = 7001;
    private static final Duration FOLLOWER_WAIT = Duration.ofMillis(250);

    private final ServiceContext context;
    private final QueryStores stores;
    private final QueryConfig config;
    private final Freshness streams;
    private final Freshness projection;
    private final EventCache events;
    private final Layouts layouts;
    private final EventViews views;
    private final SeatWatches watches;
    private final SeatMapRpc seatMap;
    private final AvailabilityRpc availability;
    private final CatalogQueryRpc catalog;
    private final InventoryAuditing auditing;

    private QueryService(ServiceContext context, QueryStores stores) {
        this.context = context;
        this.stores = stores;
        this.config = stores.config();
        this.streams = new Freshness(config.staleAfter().toMillis());
        this.projection = new Freshness(config.staleAfter().toMillis());
        this.events = new EventCache(
                context.vertx(),
                stores.redis(),
                stores.elastic(),
                stores.events(),
                context.telemetry().registry());
        this.layouts = stores.layouts();
        this.views = new EventViews(
                context.vertx(),
                events,
                stores.events(),
                stores.durableSeats(),
                stores.elastic(),
                layouts,
                stores.snapshots(),
                config.maxViews());
        this.watches = new SeatWatches(
                context.vertx(), views, streams, config.watchTick(), config.heartbeat(), config.maxWatchers());
        this.seatMap = new SeatMapRpc(views, layouts, streams, watches);
        this.availability = new AvailabilityRpc(
                new AvailabilityRpc.Sources(views, events, streams, projection),
                stores.elastic(),
                config.availability().rule(),
                context.telemetry().registry());
        this.catalog = new CatalogQueryRpc(context.vertx(), events, stores.elastic(), streams, projection);
        this.auditing = stores.auditing(command(context));
    }

    /** The write side, which repairs. */
    private static RpcClient command(ServiceContext context) {
        ServiceToken token = ServiceToken.from(context.config(), "query");
        RpcClient command = RpcClient.create(
                context.vertx(),
                RpcClientConfig.from(context.config(), "command", COMMAND_PORT),
                () -> Future.succeededFuture(token.get()));
        context.onStop(command::close);
        return command;
    }

    static Future<Running> start(Vertx vertx, Config config, Consumer<Router> more) {
        ServiceContext context = ServiceContext.of("query", vertx, config, 7002, 9002);
        ServerTls http = context.tls("query.http-");
        return context.starting(() -> {
            QueryConfig settings = QueryConfig.from(config);
            config.check();
            return QueryStores.open(vertx, settings).compose(stores -> {
                context.onStop(stores::close);
                return new QueryService(context, stores).serve(http, more);
            });
        });
    }

    private Future<Running> serve(ServerTls httpTls, Consumer<Router> more) {
        context.needs("redis", stores.redis()::connected);
        stores.meters(context.telemetry().registry());
        startWorkers();
        meters();
        SupportDesk support =
                SupportDesk.of(context.vertx(), stores.elastic(), stores.database(), config.support(), projection);
        LayoutRoutes layoutRoutes =
                new LayoutRoutes(context.vertx(), config.http(), layouts, (long) config.layoutMegabytes() << 20);
        VenueRoutes venueRoutes =
                new VenueRoutes(config.http(), new VenueImages(context.vertx(), views, layouts, config.maxDrawings()));
        Consumer<Router> routes = layoutRoutes::add;
        routes = routes.andThen(venueRoutes::add).andThen(more);
        return HttpFront.start(context.vertx(), config.http(), httpTls, reads(), routes)
                .compose(http -> {
                    context.onStop(http::close);
                    context.port("http", http.actualPort());
                    return context.serve(context.rpc()
                            .service(seatMap.service())
                            .service(availability.service())
                            .service(catalog.service())
                            .service(projectionAdmin().service())
                            .service(auditing.service())
                            .service(support.bookings())
                            .service(support.accessRecords())
                            .service(TimelineRpc.service(
                                    context,
                                    stores.database(),
                                    support.access(),
                                    config.support().secret())));
                });
    }

    private void startWorkers() {
        context.onStop(() -> {
            watches.close();
            return Future.succeededFuture();
        });
        ChangeFollower follower = ChangeFollower.start(
                new TailReader(stores.follower(), stores.streams()), views, streams, FOLLOWER_WAIT);
        context.onStop(follower::stop);
        SaleWarmer warmer =
                SaleWarmer.start(stores.elastic(), views, config.availability().warmBefore(), config.maxViews() / 2);
        events.onChange(warmer::changed);
        context.onStop(warmer::stop);
        IndexKeeper keeper = new IndexKeeper(
                new Indexes(stores.elastic()),
                stores.everything(),
                stores.rebuild(context.telemetry().registry()));
        context.onStop(keeper::stop);
        context.onStop(auditing.start(context.telemetry().registry())::stop);
        LagWatch lag = LagWatch.start(
                stores.redis(),
                stores.streams(),
                projection,
                context.telemetry().registry());
        context.onStop(lag::stop);
        if (config.projection().enabled()) {
            LiveProjection live =
                    new LiveProjection(stores.projections(context.telemetry().registry()));
            keeper.current().onSuccess(ready -> live.start());
            context.onStop(live::stop);
            Worker trimmer = trimmer();
            context.onStop(trimmer::stop);
        }
    }

    private ProjectionAdminRpc projectionAdmin() {
        MeterRegistry registry = context.telemetry().registry();
        RebuildRuns runs = new RebuildRuns(stores.redis(), stores.rebuild(registry), stores.node());
        return new ProjectionAdminRpc(stores.projections(registry), runs::start, runs::get);
    }

    private Worker trimmer() {
        StreamTrimmer trimmer = new StreamTrimmer(
                stores.redis(),
                stores.streams(),
                ProjectionFactory.LIVE_GROUP,
                config.projection().keep());
        return Worker.start("stream-trimmer", () -> {
            Thread.sleep(config.projection().trimEvery());
            trimmer.trim().await();
        });
    }

    private void meters() {
        context.telemetry().gauge("onsale.query.views", views::size);
        context.telemetry().gauge("onsale.query.watchers", watches::size);
        context.telemetry().gauge("onsale.query.layout.bytes", layouts::bytes);
        context.telemetry().gauge("onsale.query.age.millis", streams::ageMillis, "source", "streams");
        context.telemetry().gauge("onsale.query.age.millis", projection::ageMillis, "source", "projection");
    }

    private List<HttpRead<?, ?>> reads() {
        List<HttpRead<?, ?>> reads = new ArrayList<>(catalog.reads());
        reads.addAll(availability.reads());
        reads.add(new HttpRead<>(
                SeatMapServiceGrpcService.SERVICE_DESCRIPTOR.findMethodByName("GetSeatMap"),
                GetSeatMapRequest.getDefaultInstance(),
                seatMap::seatMap,
                60));
        reads.add(new HttpRead<>(
                SeatMapServiceGrpcService.SERVICE_DESCRIPTOR.findMethodByName("GetSeatStatuses"),
                GetSeatStatusesRequest.getDefaultInstance(),
                seatMap::statuses,
                1));
        return reads;
    }
}
