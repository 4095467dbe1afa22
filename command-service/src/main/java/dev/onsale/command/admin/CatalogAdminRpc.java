package dev.onsale.command.admin;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcService;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The edge of catalog administration: which method is whose, and who may call it. */
public final class CatalogAdminRpc {
    private static final Access OPERATOR = Access.of(Role.OPERATOR);

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
                .unary(CatalogAdminServiceGrpcService.CreateVenue, OPERATOR, venues::create)
                .clientStream(CatalogAdminServiceGrpcService.ImportSeatMap, OPERATOR, seatMaps::open)
                .unary(CatalogAdminServiceGrpcService.CreateEvent, OPERATOR, maker::create)
                .unary(CatalogAdminServiceGrpcService.GetEvent, OPERATOR, events::get)
                .unary(CatalogAdminServiceGrpcService.ListEvents, OPERATOR, events::list)
                .unary(CatalogAdminServiceGrpcService.SetPrices, OPERATOR, prices::set)
                .unary(CatalogAdminServiceGrpcService.SetRefundPolicy, OPERATOR, refundPolicies::set)
                .unary(CatalogAdminServiceGrpcService.CreateSeries, OPERATOR, series::create)
                .unary(CatalogAdminServiceGrpcService.SetEventSeries, OPERATOR, series::set)
                .unary(CatalogAdminServiceGrpcService.BlockSeats, OPERATOR, blocks::block)
                .unary(CatalogAdminServiceGrpcService.UnblockSeats, OPERATOR, blocks::unblock)
                .unary(CatalogAdminServiceGrpcService.OpenSale, OPERATOR, sales::open)
                .unary(CatalogAdminServiceGrpcService.CloseSale, OPERATOR, sales::close)
                .unary(CatalogAdminServiceGrpcService.CancelEvent, OPERATOR, sales::cancel)
                .unary(CatalogAdminServiceGrpcService.PostponeEvent, OPERATOR, postponements::postpone)
                .unary(
                        CatalogAdminServiceGrpcService.GetEventCancellation,
                        Access.of(Role.OPERATOR, Role.SUPPORT),
                        cancellations::get);
    }
}
