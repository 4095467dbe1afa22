package dev.onsale.command.presale;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.proto.presale.v1.PresaleAdminServiceGrpcService;
import dev.onsale.proto.presale.v1.PresaleServiceGrpcService;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import java.util.List;

/** The edge of presales: {@code PresaleAdminService} for operators, {@code PresaleService} for fans. */
public final class PresaleRpc {

    private PresaleRpc() {}

    /** What it works with. */
    public record Needs(
            Database database,
            EventCatalog catalog,
            Idempotency idempotency,
            SeatLedger ledger,
            Pepper pepper,
            PresaleDoor door) {}

    /** The services, ready to be served. */
    public static List<RpcService> services(Needs needs) {
        return List.of(admin(needs), fans(needs));
    }

    private static RpcService admin(Needs needs) {
        Presales presales = new Presales(needs.database, needs.ledger);
        PresaleDesk desk = new PresaleDesk(needs.catalog, needs.idempotency, presales);
        CodeDesk codes = new CodeDesk(needs.idempotency, needs.pepper);
        RevocationDesk revocations = new RevocationDesk(needs.database, needs.idempotency, needs.pepper, presales);
        FanDesk fans = new FanDesk(needs.idempotency, needs.pepper);
        PresaleReader reader = new PresaleReader(needs.database, presales);
        return RpcService.of(PresaleAdminServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(PresaleAdminServiceGrpcService.CreatePresale, desk::create)
                .unary(PresaleAdminServiceGrpcService.UpdatePresale, desk::update)
                .unary(PresaleAdminServiceGrpcService.ClosePresale, desk::close)
                .unary(PresaleAdminServiceGrpcService.GenerateCodes, codes::generate)
                .unary(PresaleAdminServiceGrpcService.ImportCodes, codes::importAll)
                .unary(PresaleAdminServiceGrpcService.RevokeCodes, revocations::revoke)
                .unary(PresaleAdminServiceGrpcService.AddFans, fans::add)
                .unary(PresaleAdminServiceGrpcService.GetPresale, reader::get)
                .unary(PresaleAdminServiceGrpcService.ListPresales, reader::list);
    }

    private static RpcService fans(Needs needs) {
        CheckDesk desk = new CheckDesk(needs.database, needs.catalog, needs.pepper, needs.door);
        return RpcService.of(PresaleServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(PresaleServiceGrpcService.CheckPresaleCode, desk::check);
    }
}
