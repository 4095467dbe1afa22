package dev.onsale.command.presale;

import com.google.protobuf.Timestamp;
import dev.onsale.command.Calls;
import dev.onsale.command.CommandServer;
import dev.onsale.command.Shows;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.presale.v1.AddFansRequest;
import dev.onsale.proto.presale.v1.CreatePresaleRequest;
import dev.onsale.proto.presale.v1.GenerateCodesRequest;
import dev.onsale.proto.presale.v1.GenerateCodesResponse;
import dev.onsale.proto.presale.v1.GetPresaleRequest;
import dev.onsale.proto.presale.v1.Presale;
import dev.onsale.proto.presale.v1.PresaleAccess;
import dev.onsale.proto.presale.v1.PresaleAdminServiceGrpcClient;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** Events before their general sale, with presales that are open, through the RPCs. */
record PresaleHouse(CommandServer server) {

    Calls operator() {
        return server.operator();
    }

    Calls fan(String account) {
        return server.as(Role.FAN, account);
    }

    /** Its sale is opened, and begins tomorrow. Section A has rows 1 and 2, B row 1, ten seats each; limit 8. */
    String event() {
        String event = new Shows(operator()).draft().getEventId();
        operator()
                .call(
                        CatalogAdminServiceGrpcClient.OpenSale,
                        OpenSaleRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event)
                                .build());
        return event;
    }

    static Timestamp in(Duration time) {
        Instant at = Instant.now().plus(time);
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    static CreatePresaleRequest.Builder request(String event, PresaleAccess access) {
        return CreatePresaleRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event)
                .setName("Friends of the house")
                .setStartTime(in(Duration.ofMinutes(-5)))
                .setEndTime(in(Duration.ofHours(2)))
                .setAccess(access);
    }

    /** Open since five minutes ago, for two hours. */
    Presale presale(String event, PresaleAccess access, UnaryOperator<CreatePresaleRequest.Builder> change) {
        return operator()
                .call(
                        PresaleAdminServiceGrpcClient.CreatePresale,
                        change.apply(request(event, access)).build())
                .getPresale();
    }

    Presale presale(String event, PresaleAccess access) {
        return presale(event, access, UnaryOperator.identity());
    }

    GenerateCodesResponse generate(Presale presale, int count, int uses) {
        return operator()
                .call(
                        PresaleAdminServiceGrpcClient.GenerateCodes,
                        GenerateCodesRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setPresaleId(presale.getPresaleId())
                                .setCount(count)
                                .setMaxUses(uses)
                                .build());
    }

    String code(Presale presale, int uses) {
        return generate(presale, 1, uses).getCodes(0);
    }

    void list(Presale presale, String... accounts) {
        operator()
                .call(
                        PresaleAdminServiceGrpcClient.AddFans,
                        AddFansRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setPresaleId(presale.getPresaleId())
                                .addAllAccounts(List.of(accounts))
                                .build());
    }

    Presale read(Presale presale) {
        return operator()
                .call(
                        PresaleAdminServiceGrpcClient.GetPresale,
                        GetPresaleRequest.newBuilder()
                                .setPresaleId(presale.getPresaleId())
                                .build())
                .getPresale();
    }

    static CreateHoldRequest seats(String event, String code, String... seats) {
        return CreateHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event)
                .setPresaleCode(code)
                .setSeats(ExactSeats.newBuilder().addAllSeatIds(List.of(seats)))
                .build();
    }

    static CreateHoldRequest best(String event, String code, int quantity) {
        return CreateHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event)
                .setPresaleCode(code)
                .setBestAvailable(BestAvailable.newBuilder().setQuantity(quantity))
                .build();
    }

    Hold hold(String account, CreateHoldRequest request) {
        return fan(account).call(HoldServiceGrpcClient.CreateHold, request).getHold();
    }

    Refusal refused(String account, CreateHoldRequest request) {
        return fan(account).refused(HoldServiceGrpcClient.CreateHold, request);
    }
}
