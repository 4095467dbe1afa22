package dev.onsale.command.presale;

import static dev.onsale.command.presale.PresaleHouse.best;
import static dev.onsale.command.presale.PresaleHouse.in;
import static dev.onsale.command.presale.PresaleHouse.seats;
import static dev.onsale.proto.presale.v1.PresaleAccess.PRESALE_ACCESS_CODE;
import static dev.onsale.proto.presale.v1.PresaleAccess.PRESALE_ACCESS_CODE_AND_LIST;
import static dev.onsale.proto.presale.v1.PresaleAccess.PRESALE_ACCESS_LIST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.CommandServer;
import dev.onsale.command.Shows;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.inventory.v1.AreaSelection;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.ExactSeats;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.inventory.v1.NotHeld;
import dev.onsale.proto.inventory.v1.ReleaseHoldRequest;
import dev.onsale.proto.inventory.v1.Seat;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.proto.presale.v1.ClosePresaleRequest;
import dev.onsale.proto.presale.v1.CodeList;
import dev.onsale.proto.presale.v1.CreatePresaleRequest;
import dev.onsale.proto.presale.v1.GenerateCodesRequest;
import dev.onsale.proto.presale.v1.ImportCodesRequest;
import dev.onsale.proto.presale.v1.ListPresalesRequest;
import dev.onsale.proto.presale.v1.Presale;
import dev.onsale.proto.presale.v1.PresaleAdminServiceGrpcClient;
import dev.onsale.proto.presale.v1.RevokeCodesRequest;
import dev.onsale.proto.presale.v1.UpdatePresaleRequest;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Presales as operators and fans see them: over gRPC, on real stores. */
class PresaleIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores());

    private final PresaleHouse house = new PresaleHouse(server);

    private static void says(Refusal refusal, String reason, String key, String value) {
        assertThat(refusal.reasonName()).isEqualTo(reason);
        assertThat(refusal.metadata()).containsEntry(key, value);
    }

    @Test
    void letsInWhoHasACodeAndNobodyElse() {
        String event = house.event();
        Presale presale = house.presale(event, PRESALE_ACCESS_CODE);
        String code = house.code(presale, 1);

        says(house.refused("ann", seats(event, "", "A-1-2")), "PRESALE_ACCESS_REQUIRED", "access", "CODE");
        says(house.refused("ann", seats(event, "WRONG-1", "A-1-2")), "PRESALE_CODE_INVALID", "cause", "invalid");
        Hold hold = house.hold("ann", seats(event, " " + code.toLowerCase(java.util.Locale.ROOT), "A-1-2"));
        assertThat(hold.getSeatsList()).extracting(Seat::getSeatId).containsExactly("A-1-2");
        says(house.refused("bob", seats(event, code, "A-1-3")), "PRESALE_CODE_INVALID", "cause", "used_up");
        assertThat(house.hold("ann", seats(event, "", "A-1-3")).getSeatsCount())
                .as("the code is hers")
                .isEqualTo(1);
        assertThat(house.refused("bob", seats(house.event(), code, "A-1-3")).reasonName())
                .as("another event, without presales")
                .isEqualTo("NOT_ON_SALE");
    }

    @Test
    void takesNoUseForAHoldThatWasNotMade() {
        String event = house.event();
        Presale presale = house.presale(event, PRESALE_ACCESS_CODE);
        String code = house.code(presale, 1);
        house.hold("ann", seats(event, house.code(presale, 1), "A-1-2"));

        assertThat(house.refused("bob", seats(event, code, "A-1-2")).reasonName())
                .isEqualTo("SEAT_TAKEN");
        assertThat(house.hold("cyd", seats(event, code, "A-1-3")).getSeatsCount())
                .isEqualTo(1);
    }

    @Test
    void leavesAUseWithItsAccountWhenTheHoldIsGivenBack() {
        String event = house.event();
        String code = house.code(house.presale(event, PRESALE_ACCESS_CODE), 1);
        Hold hold = house.hold("ann", seats(event, code, "A-1-2"));
        house.fan("ann")
                .call(
                        HoldServiceGrpcClient.ReleaseHold,
                        ReleaseHoldRequest.newBuilder()
                                .setRequestId("r")
                                .setHoldId(hold.getHoldId())
                                .build());

        says(house.refused("bob", seats(event, code, "A-1-2")), "PRESALE_CODE_INVALID", "cause", "used_up");
        assertThat(house.hold("ann", seats(event, code, "A-1-2")).getSeatsCount())
                .isEqualTo(1);
    }

    @Test
    void letsInWhoIsOnTheListAndWithBothOnlyWhoHasBoth() {
        String event = house.event();
        Presale list = house.presale(event, PRESALE_ACCESS_LIST);
        house.list(list, "ann", "bob@x.org");
        house.list(list, "ann", "eve");
        assertThat(house.read(list).getStatistics().getFansListed()).isEqualTo(3);
        house.hold("ann", seats(event, "", "A-1-2"));
        says(house.refused("cyd", seats(event, "", "A-1-3")), "PRESALE_ACCESS_REQUIRED", "access", "LIST");

        String other = house.event();
        Presale both = house.presale(other, PRESALE_ACCESS_CODE_AND_LIST);
        house.list(both, "ann");
        String code = house.code(both, 5);
        says(house.refused("ann", seats(other, "", "A-1-2")), "PRESALE_ACCESS_REQUIRED", "access", "CODE_AND_LIST");
        says(house.refused("bob", seats(other, code, "A-1-2")), "PRESALE_ACCESS_REQUIRED", "access", "CODE_AND_LIST");
        house.hold("ann", seats(other, code, "A-1-2"));
    }

    @Test
    void opensOnlyItsSectionsAndTiers() {
        String event = house.event();
        Presale presale = house.presale(event, PRESALE_ACCESS_LIST, p -> p.addSections("B"));
        house.presale(event, PRESALE_ACCESS_CODE, p -> p.addPriceTiers("STANDING"));
        house.list(presale, "ann");

        assertThat(house.refused("ann", seats(event, "", "A-1-2", "B-1-1")).reasonName())
                .isEqualTo("NOT_ON_SALE");
        assertThat(house.hold("ann", best(event, "", 3)).getSeatsList())
                .extracting(Seat::getSection)
                .containsOnly("B");
        CreateHoldRequest floor = CreateHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event)
                .setArea(AreaSelection.newBuilder().setAreaId("FLOOR").setQuantity(2))
                .build();
        assertThat(house.refused("ann", floor).reasonName()).isEqualTo("NOT_ON_SALE");
        Refusal unknown = house.operator()
                .refused(
                        PresaleAdminServiceGrpcClient.CreatePresale,
                        PresaleHouse.request(event, PRESALE_ACCESS_LIST)
                                .addSections("Z")
                                .build());
        says(unknown, "RESOURCE_NOT_FOUND", "section", "Z");
    }

    @Test
    void takesTheSecondPresaleForWhatTheFirstDoesNotOpen() {
        String event = house.event();
        Presale first = house.presale(event, PRESALE_ACCESS_LIST, p -> p.addSections("B"));
        Presale second = house.presale(event, PRESALE_ACCESS_LIST, p -> p.addPriceTiers("STANDING"));
        house.list(first, "ann");
        house.list(second, "ann");
        house.hold("ann", seats(event, "", "B-1-1"));
        CreateHoldRequest floor = CreateHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event)
                .setArea(AreaSelection.newBuilder().setAreaId("FLOOR").setQuantity(2))
                .build();
        house.hold("ann", floor);
        assertThat(house.read(first).getStatistics().getPlacesHeld()).isEqualTo(1);
        assertThat(house.read(second).getStatistics().getPlacesHeld()).isEqualTo(2);
    }

    @Test
    void keepsItsQuotaAndItsLimit() {
        String event = house.event();
        Presale presale =
                house.presale(event, PRESALE_ACCESS_LIST, p -> p.setQuota(5).setFanLimit(3));
        house.list(presale, "ann", "bob", "cyd");
        Hold first = house.hold("ann", best(event, "", 3));
        Refusal limit = house.refused("ann", best(event, "", 1));
        says(limit, "TICKET_LIMIT_REACHED", "limit", "3");
        house.hold("bob", best(event, "", 1));
        assertThat(house.refused("cyd", best(event, "", 2)).reasonName()).isEqualTo("SOLD_OUT");
        CreateHoldRequest part = seats(event, "", "B-1-1", "B-1-2").toBuilder()
                .setAllowPartial(true)
                .build();
        assertThat(house.fan("cyd").call(HoldServiceGrpcClient.CreateHold, part).getNotHeldList())
                .containsExactly(NotHeld.newBuilder()
                        .setSeatId("B-1-2")
                        .setQuantity(1)
                        .setReason("SOLD_OUT")
                        .build());
        SwapHoldRequest swap = SwapHoldRequest.newBuilder()
                .setRequestId("s")
                .setHoldId(first.getHoldId())
                .setSeats(ExactSeats.newBuilder().addSeatIds("B-1-5").addSeatIds("B-1-6"))
                .build();
        house.fan("ann").call(HoldServiceGrpcClient.SwapHold, swap);
        house.hold("bob", best(event, "", 1));
        assertThat(house.read(presale).getStatistics().getPlacesHeld()).isEqualTo(5);
    }

    @Test
    void changesAndClosesAtOnce() {
        String event = house.event();
        Presale presale = house.presale(event, PRESALE_ACCESS_LIST, p -> p.setStartTime(in(Duration.ofHours(1))));
        house.list(presale, "ann");
        assertThat(house.refused("ann", best(event, "", 1)).reasonName()).isEqualTo("NOT_ON_SALE");
        UpdatePresaleRequest update = UpdatePresaleRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setPresaleId(presale.getPresaleId())
                .setName("Sooner")
                .setStartTime(in(Duration.ofMinutes(-1)))
                .setEndTime(in(Duration.ofHours(1)))
                .build();
        house.operator().call(PresaleAdminServiceGrpcClient.UpdatePresale, update);
        house.hold("ann", best(event, "", 1));
        house.operator()
                .call(
                        PresaleAdminServiceGrpcClient.ClosePresale,
                        ClosePresaleRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setPresaleId(presale.getPresaleId())
                                .build());
        assertThat(house.refused("ann", best(event, "", 1)).reasonName()).isEqualTo("NOT_ON_SALE");
        Presale after = house.operator()
                .call(
                        PresaleAdminServiceGrpcClient.ListPresales,
                        ListPresalesRequest.newBuilder().setEventId(event).build())
                .getPresales(0);
        assertThat(after.getName()).isEqualTo("Sooner");
        assertThat(after.hasCloseTime()).isTrue();
        says(
                house.operator()
                        .refused(
                                PresaleAdminServiceGrpcClient.UpdatePresale,
                                update.toBuilder()
                                        .setRequestId(Shows.requestId())
                                        .build()),
                "EVENT_STATE",
                "state",
                "CLOSED");
    }

    @Test
    void revokesCodesAlsoForWhoHasUsedThem() {
        String event = house.event();
        Presale presale = house.presale(event, PRESALE_ACCESS_CODE);
        var batch = house.generate(presale, 3, 2);
        house.hold("ann", seats(event, batch.getCodes(0), "A-1-2"));
        RevokeCodesRequest one = RevokeCodesRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setPresaleId(presale.getPresaleId())
                .setCodes(CodeList.newBuilder().addCodes(batch.getCodes(0)).addCodes("UNKNOWN"))
                .build();
        var revoked = house.operator().call(PresaleAdminServiceGrpcClient.RevokeCodes, one);
        assertThat(revoked.getRevoked()).isEqualTo(1);
        assertThat(house.operator().call(PresaleAdminServiceGrpcClient.RevokeCodes, one))
                .isEqualTo(revoked);

        says(house.refused("ann", seats(event, "", "A-1-3")), "PRESALE_ACCESS_REQUIRED", "access", "CODE");
        says(
                house.refused("bob", seats(event, batch.getCodes(0), "A-1-3")),
                "PRESALE_CODE_INVALID",
                "cause",
                "invalid");
        house.hold("ann", seats(event, batch.getCodes(1), "A-1-3"));
        house.operator()
                .call(
                        PresaleAdminServiceGrpcClient.RevokeCodes,
                        RevokeCodesRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setPresaleId(presale.getPresaleId())
                                .setBatchId(batch.getBatchId())
                                .build());
        assertThat(house.refused("ann", seats(event, "", "A-1-4")).reasonName()).isEqualTo("PRESALE_ACCESS_REQUIRED");
        assertThat(house.read(presale).getStatistics().getCodesRevoked()).isEqualTo(3);
    }

    @Test
    void answersTheSameCodesToTheSameRequestAndStoresNone() {
        String event = house.event();
        Presale presale = house.presale(event, PRESALE_ACCESS_CODE);
        GenerateCodesRequest request = GenerateCodesRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setPresaleId(presale.getPresaleId())
                .setCount(20)
                .setMaxUses(1)
                .build();
        var codes = house.operator().call(PresaleAdminServiceGrpcClient.GenerateCodes, request);
        assertThat(codes.getCodesList())
                .hasSize(20)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}"));
        assertThat(house.operator().call(PresaleAdminServiceGrpcClient.GenerateCodes, request))
                .isEqualTo(codes);
        ImportCodesRequest brought = ImportCodesRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setPresaleId(presale.getPresaleId())
                .addCodes("golden-fan-24")
                .setMaxUses(3)
                .build();
        house.operator().call(PresaleAdminServiceGrpcClient.ImportCodes, brought);
        house.list(presale, "listed-fan-of-note");
        house.hold("imp", seats(event, "GOLDENFAN24", "A-1-2"));
        house.hold("gen", seats(event, codes.getCodes(0), "A-1-3"));

        String generated = codes.getCodes(0);
        for (String table : List.of(
                "presales",
                "presale_batches",
                "presale_codes",
                "presale_fans",
                "presale_uses",
                "presale_holds",
                "idempotency",
                "activity")) {
            String text = server.select("SELECT coalesce(string_agg(t::text, ' '), '') FROM " + table + " t");
            String hex =
                    java.util.HexFormat.of().formatHex(generated.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(text)
                    .as(table)
                    .doesNotContain(generated, generated.replace("-", ""), hex)
                    .doesNotContainIgnoringCase("golden")
                    .doesNotContain("listed-fan-of-note", "6c69737465642d66616e");
        }
        assertThat(house.operator()
                        .refused(
                                PresaleAdminServiceGrpcClient.ImportCodes,
                                brought.toBuilder()
                                        .setRequestId(Shows.requestId())
                                        .setCodes(0, "GOLDEN FAN 24")
                                        .build())
                        .metadata())
                .containsEntry("state", "CODE_EXISTS");
    }

    @Test
    void ignoresCodesInTheGeneralSale() {
        var event = new Shows(house.operator()).onSale();
        assertThat(event.getState()).isEqualTo(EventState.EVENT_STATE_ON_SALE);
        house.hold("ann", seats(event.getEventId(), "NONSENSE", "A-1-2"));
    }

    @Test
    void refusesPresalesThatCantBe() {
        String event = house.event();
        CreatePresaleRequest.Builder good = PresaleHouse.request(event, PRESALE_ACCESS_CODE);
        for (CreatePresaleRequest bad : List.of(
                good.clone().setEndTime(good.getStartTime()).build(),
                good.clone().setEndTime(in(Duration.ofDays(2))).build(),
                good.clone().clearStartTime().build(),
                good.clone().setAccessValue(9).build(),
                good.clone().setQuota(-1).build(),
                good.clone().setName("").build())) {
            assertThat(house.operator()
                            .refused(PresaleAdminServiceGrpcClient.CreatePresale, bad)
                            .reasonName())
                    .isEqualTo("INVALID_FIELD");
        }
        assertThat(house.operator()
                        .refused(
                                PresaleAdminServiceGrpcClient.CreatePresale,
                                good.clone()
                                        .setEventId(UUID.randomUUID().toString())
                                        .build())
                        .reasonName())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(house.fan("ann")
                        .refused(PresaleAdminServiceGrpcClient.CreatePresale, good.build())
                        .reasonName())
                .isEqualTo("ROLE_REQUIRED");
    }
}
