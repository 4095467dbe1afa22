package dev.onsale.command.admin;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcService;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The edge of catalog administration: which method is whose, and who may call it. */
public final class CatalogAdminRpc {

    private final VenueDesk venues;
    private final SeatMapImport seatMaps;
    private final EventMaker maker;
    private final EventDesk events;
    private final PriceDesk prices;
    private final RefundPolicyDesk refundPolicies;
    private final SeriesDesk series;
    private final BlockDesk blocks;
    private final SaleDesk sales;
    private final CancellationDesk cancellations;
    private final PostponementDesk postponements;

    /**
     * Puts the desks together.
     *
     * @param stuckAfter from when on the refund of a cancelled event counts as stuck
     */
    public CatalogAdminRpc(
            Vertx vertx,
            Database database,
            EventCatalog catalog,
            Idempotency idempotency,
            Outbox outbox,
            SaleInventory inventory,
            Duration stuckAfter) {
        EventChanges changes = new EventChanges(outbox);
        this.venues = new VenueDesk(idempotency);
        this.seatMaps = new SeatMapImport(vertx, idempotency);
        this.maker = new EventMaker(catalog, idempotency, changes);
        this.events = new EventDesk(database);
        this.prices = new PriceDesk(catalog, idempotency, changes);
        this.refundPolicies = new RefundPolicyDesk(catalog, idempotency, changes);
        this.series = new SeriesDesk(idempotency, changes);
        this.blocks = new BlockDesk(catalog, idempotency, changes, inventory);
        this.sales = new SaleDesk(catalog, idempotency, changes, inventory);
        this.cancellations = new CancellationDesk(database, stuckAfter);
        this.postponements = new PostponementDesk(catalog, idempotency, changes, inventory);
    }

    /** The service to serve. */
    public RpcService service() {
        return RpcService.of(CatalogAdminServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(CatalogAdminServiceGrpcService.CreateVenue, venues::create)
                .clientStream(CatalogAdminServiceGrpcService.ImportSeatMap, seatMaps::open)
                .unary(CatalogAdminServiceGrpcService.CreateEvent, maker::create)
                .unary(CatalogAdminServiceGrpcService.GetEvent, events::get)
                .unary(CatalogAdminServiceGrpcService.ListEvents, events::list)
                .unary(CatalogAdminServiceGrpcService.SetPrices, prices::set)
                .unary(CatalogAdminServiceGrpcService.SetRefundPolicy, refundPolicies::set)
                .unary(CatalogAdminServiceGrpcService.CreateSeries, series::create)
                .unary(CatalogAdminServiceGrpcService.SetEventSeries, series::set)
                .unary(CatalogAdminServiceGrpcService.BlockSeats, blocks::block)
                .unary(CatalogAdminServiceGrpcService.UnblockSeats, blocks::unblock)
                .unary(CatalogAdminServiceGrpcService.OpenSale, sales::open)
                .unary(CatalogAdminServiceGrpcService.CloseSale, sales::close)
                .unary(CatalogAdminServiceGrpcService.CancelEvent, sales::cancel)
                .unary(CatalogAdminServiceGrpcService.PostponeEvent, postponements::postpone)
                .unary(CatalogAdminServiceGrpcService.GetEventCancellation, cancellations::get);
    }
}
