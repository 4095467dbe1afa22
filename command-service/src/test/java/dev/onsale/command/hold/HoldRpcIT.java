package dev.onsale.command.hold;

import static dev.onsale.command.hold.HoldClient.area;
import static dev.onsale.command.hold.HoldClient.ask;
import static dev.onsale.command.hold.HoldClient.best;
import static dev.onsale.command.hold.HoldClient.exact;
import static dev.onsale.command.hold.HoldClient.seats;
import static dev.onsale.command.inventory.SaleHouse.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.SaleHouse;
import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.Hold;
import dev.onsale.proto.inventory.v1.HoldState;
import dev.onsale.proto.inventory.v1.NotHeld;
import dev.onsale.proto.inventory.v1.Seat;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Holds as clients see them: over gRPC, with tokens, on real stores. */
class HoldRpcIT {
    @RegisterExtension
    static final TestStores STORES =
            TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES).migrated("command", SaleHouse::migrate);

    @TempDir
    static Path folder;

    private static SaleHouse house;
    private static HoldClient.Door door;

    @BeforeAll
    static void open() {
        house = new SaleHouse(STORES);
        door = new HoldClient.Door(house, folder);
    }

    @AfterAll
    static void close() {
        door.close();
        house.close();
    }

    private static UUID event() {
        return loaded(house.event("optimistic", "300000"));
    }

    private static UUID loaded(UUID event) {
        await(house.rebuild.load(event));
        return event;
    }

    private static List<String> ids(Hold hold) {
        return hold.getSeatsList().stream().map(Seat::getSeatId).toList();
    }

    private static Refusal refused(Future<?> call, String reason, GrpcStatus status) {
        var refusal = catchThrowableOfType(Refusal.class, () -> await(call));
        assertThat(refusal).as("expected %s", reason).isNotNull();
        assertThat(refusal.reasonName()).isEqualTo(reason);
        assertThat(refusal.status()).isEqualTo(status);
        return refusal;
    }

    @Test
    void holdsExactSeatsWithAQuote() {
        var event = event();
        var hold = await(door.fan("ann").create(seats(event, "r", "A-1-1", "B-1-2")))
                .getHold();

        assertThat(ids(hold)).containsExactly("A-1-1", "B-1-2");
        assertThat(hold.getState()).isEqualTo(HoldState.HOLD_STATE_ACTIVE);
        assertThat(hold.getQuote().getTotal().getUnits()).isEqualTo(90);
        assertThat(hold.getQuote().getLinesCount()).isEqualTo(2);
        assertThat(hold.getFence()).isEqualTo(hold.getVersion()).isEqualTo((1L << 32) + 2);
        assertThat(Instant.ofEpochSecond(hold.getExpireTime().getSeconds()))
                .isBetween(Instant.now().plusSeconds(280), Instant.now().plusSeconds(310));
        assertThat(await(door.fan("ann").get(hold.getHoldId()))).isEqualTo(hold);
    }

    @Test
    void listsAllSeatsThatAreNotFree() {
        var event = event();
        await(door.fan("ann").create(seats(event, "r", "A-1-1", "A-1-2")));
        var refusal = refused(
                door.fan("bob").create(seats(event, "r", "A-1-2", "A-1-5", "A-1-1")), "SEAT_TAKEN", GrpcStatus.ABORTED);
        assertThat(refusal.metadata()).containsEntry("seats", "A-1-1,A-1-2");
    }

    @Test
    void holdsAPartIfThatIsEnoughAndSaysWhatIsMissing() {
        var event = event();
        await(door.fan("ann").create(seats(event, "r", "A-1-1")));
        var request = ask(event, "r")
                .setSeats(exact("A-1-1", "A-1-2"))
                .setAllowPartial(true)
                .build();
        var response = await(door.fan("bob").create(request));
        assertThat(ids(response.getHold())).containsExactly("A-1-2");
        assertThat(response.getNotHeldList())
                .containsExactly(NotHeld.newBuilder()
                        .setSeatId("A-1-1")
                        .setQuantity(1)
                        .setReason("SEAT_TAKEN")
                        .build());
        assertThat(await(door.fan("bob").create(request))).isEqualTo(response);
    }

    @Test
    void answersTheSameRequestWithTheSameHoldAndRefusesAnotherBody() {
        var event = event();
        var fan = door.fan("ann");
        var first = await(fan.create(seats(event, "r", "A-1-1")));
        assertThat(await(fan.create(seats(event, "r", "A-1-1")))).isEqualTo(first);
        refused(fan.create(seats(event, "r", "A-1-2")), "REQUEST_ID_REUSED", GrpcStatus.FAILED_PRECONDITION);
        assertThat(await(door.fan("bob").create(seats(event, "r", "A-1-2")))
                        .getHold()
                        .getHoldId())
                .isNotEqualTo(first.getHold().getHoldId());
    }

    @Test
    void keepsEachFanWithinTheLimit() {
        var event = event();
        var fan = door.fan("ann");
        await(fan.create(area(event, "r1", 4)));
        var refusal = refused(
                fan.create(seats(event, "r2", "A-1-1", "A-1-2", "A-2-1")),
                "TICKET_LIMIT_REACHED",
                GrpcStatus.FAILED_PRECONDITION);
        assertThat(refusal.metadata()).containsEntry("limit", "6").containsEntry("used", "4");
        var all = new ArrayList<Future<?>>();
        for (int i = 0; i < 20; i++) {
            all.add(fan.create(seats(event, "p" + i, "A-2-" + (1 + i % 10))));
        }
        Future.join(all).transform(done -> Future.succeededFuture()).await();
        var snapshot = await(house.ledger.snapshot(event)).orElseThrow();
        assertThat(snapshot.seats().toString().chars().filter(c -> c == '4').count())
                .isEqualTo(2);
    }

    @Test
    void findsTheBestSeatsWithoutLeavingASingleOne() {
        var event = event();
        var three = BestAvailable.newBuilder().setQuantity(3);
        assertThat(ids(await(door.fan("a").create(best(event, "r", three.clone())))
                        .getHold()))
                .containsExactly("A-1-5", "A-1-6", "A-1-7");
        assertThat(ids(await(door.fan("b")
                                .create(best(
                                        event, "r", BestAvailable.newBuilder().setQuantity(2))))
                        .getHold()))
                .as("not 8 and 9, which would leave 10 alone")
                .containsExactly("A-1-1", "A-1-2");
        assertThat(ids(await(door.fan("c").create(best(event, "r", three.clone().addPriceTiers("SILVER"))))
                        .getHold()))
                .containsExactly("B-1-1", "B-1-2", "B-1-3");
        assertThat(ids(await(door.fan("d")
                                .create(best(
                                        event,
                                        "r",
                                        BestAvailable.newBuilder()
                                                .setQuantity(2)
                                                .setAccessibleQuantity(1))))
                        .getHold()))
                .containsExactly("A-1-3", "A-1-4");
        refused(
                door.fan("e")
                        .create(best(
                                event,
                                "r",
                                BestAvailable.newBuilder().setQuantity(4).addSections("B"))),
                "SOLD_OUT",
                GrpcStatus.FAILED_PRECONDITION);
        await(door.fan("f").create(seats(event, "r", "A-2-5")));
        refused(
                door.fan("g")
                        .create(best(
                                event,
                                "r",
                                BestAvailable.newBuilder().setQuantity(6).addSections("A"))),
                "NO_ADJACENT_SEATS",
                GrpcStatus.FAILED_PRECONDITION);
        var split = BestAvailable.newBuilder().setQuantity(6).addSections("A").setAllowSplit(true);
        assertThat(await(door.fan("g").create(best(event, "r2", split)))
                        .getHold()
                        .getSeatsCount())
                .isEqualTo(6);
    }

    @Test
    void swapsSeatsInOneStep() {
        var event = event();
        var fan = door.fan("ann");
        var old = await(fan.create(seats(event, "r", "A-1-1", "A-1-2"))).getHold();
        await(door.fan("bob").create(seats(event, "r", "A-1-5")));
        var taken = SwapHoldRequest.newBuilder()
                .setHoldId(old.getHoldId())
                .setRequestId("s1")
                .setSeats(exact("A-1-2", "A-1-5"));
        refused(fan.swap(taken.build()), "SEAT_TAKEN", GrpcStatus.ABORTED);
        assertThat(await(fan.get(old.getHoldId()))).isEqualTo(old);

        var good = SwapHoldRequest.newBuilder()
                .setHoldId(old.getHoldId())
                .setRequestId("s2")
                .setSeats(exact("A-1-2", "B-1-1"));
        var swapped = await(fan.swap(good.build()));
        assertThat(ids(swapped)).containsExactly("A-1-2", "B-1-1");
        assertThat(swapped.getExpireTime()).isEqualTo(old.getExpireTime());
        assertThat(swapped.getFence()).isGreaterThan(old.getFence());
        assertThat(await(fan.swap(good.build()))).isEqualTo(swapped);
        refused(fan.swap(good.setSeats(exact("A-2-2")).build()), "REQUEST_ID_REUSED", GrpcStatus.FAILED_PRECONDITION);
        await(door.fan("cy").create(seats(event, "r", "A-1-1")));
    }

    @Test
    void releasesOnceAndAgain() {
        var event = event();
        var fan = door.fan("ann");
        var hold = await(fan.create(area(event, "r", 3))).getHold();
        assertThat(await(fan.release(hold.getHoldId())).getState()).isEqualTo(HoldState.HOLD_STATE_RELEASED);
        assertThat(await(fan.release(hold.getHoldId())).getState()).isEqualTo(HoldState.HOLD_STATE_RELEASED);
        var swap = SwapHoldRequest.newBuilder()
                .setHoldId(hold.getHoldId())
                .setRequestId("s")
                .setSeats(exact("A-1-2"));
        refused(fan.swap(swap.build()), "HOLD_NOT_ACTIVE", GrpcStatus.FAILED_PRECONDITION);

        var other = await(fan.create(area(event, "r2", 3))).getHold();
        await(house.ledger.claim(HoldId.parse(other.getHoldId()).orElseThrow(), "ann", other.getFence(), null));
        refused(fan.release(other.getHoldId()), "HOLD_NOT_ACTIVE", GrpcStatus.FAILED_PRECONDITION);
        assertThat(await(fan.get(other.getHoldId())).getState()).isEqualTo(HoldState.HOLD_STATE_CLAIMED);
    }

    @Test
    void somebodyElsesHoldLooksLikeNone() {
        var event = event();
        var hold = await(door.fan("ann").create(seats(event, "r", "A-1-1")))
                .getHold()
                .getHoldId();
        var random = HoldId.of(UUID.randomUUID(), "x", "y").value();
        var bob = door.fan("bob");
        var texts = new HashSet<String>();
        var swap = SwapHoldRequest.newBuilder().setRequestId("s").setSeats(exact("A-2-1"));
        for (var id : List.of(hold, random, HoldId.of(event, "x", "y").value(), "A".repeat(43))) {
            for (var call : List.of(
                    bob.get(id), bob.release(id), bob.swap(swap.setHoldId(id).build()))) {
                texts.add(refused(call, "RESOURCE_NOT_FOUND", GrpcStatus.NOT_FOUND)
                        .text());
            }
        }
        assertThat(texts).hasSize(1);
    }

    @Test
    void refusesOutsideTheWindowAndUnknownThings() {
        var later = loaded(house.event("optimistic", "300000", "on_sale", "now() + interval '1 day'"));
        var refusal = refused(
                door.fan("ann").create(seats(later, "r", "A-1-1")), "NOT_ON_SALE", GrpcStatus.FAILED_PRECONDITION);
        assertThat(Instant.parse(refusal.metadata().get("sale_start"))).isAfter(Instant.now());
        var draft = house.event("optimistic", "300000", "draft", "now()");
        refused(door.fan("ann").create(seats(draft, "r", "A-1-1")), "NOT_ON_SALE", GrpcStatus.FAILED_PRECONDITION);
        var event = event();
        refused(door.fan("ann").create(seats(event, "r", "Z-1-1")), "RESOURCE_NOT_FOUND", GrpcStatus.NOT_FOUND);
        refused(
                door.fan("ann").create(seats(UUID.randomUUID(), "r", "A-1-1")),
                "RESOURCE_NOT_FOUND",
                GrpcStatus.NOT_FOUND);
        refused(
                door.fan("ann").create(seats(event, "r", "A-1-1", "A-1-1")),
                "INVALID_FIELD",
                GrpcStatus.INVALID_ARGUMENT);
        refused(
                door.enter("gate", Role.SCANNER).create(seats(event, "r", "A-1-1")),
                "ROLE_REQUIRED",
                GrpcStatus.PERMISSION_DENIED);
        assertThat(await(door.enter("shop", Role.PARTNER).create(seats(event, "r", "A-1-1")))
                        .hasHold())
                .isTrue();
    }

    @Test
    void aHoldRunsOutByItself() {
        var event = loaded(house.event("optimistic", "400"));
        var fan = door.fan("ann");
        var hold = await(fan.create(seats(event, "r", "A-1-1"))).getHold();
        Awaitility.await().until(() -> await(fan.get(hold.getHoldId())).getState() == HoldState.HOLD_STATE_EXPIRED);
        assertThat(ids(await(door.fan("bob").create(seats(event, "r", "A-1-1"))).getHold()))
                .containsExactly("A-1-1");
        var swap = SwapHoldRequest.newBuilder()
                .setHoldId(hold.getHoldId())
                .setRequestId("s")
                .setSeats(exact("A-1-2"));
        refused(fan.swap(swap.build()), "HOLD_EXPIRED", GrpcStatus.FAILED_PRECONDITION);
        assertThat(await(fan.release(hold.getHoldId())).getState()).isEqualTo(HoldState.HOLD_STATE_EXPIRED);
    }

    @Test
    void aPessimisticHoldIsInTheRowsBeforeItIsAnswered() {
        var event = loaded(house.event("pessimistic", "300000"));
        var fan = door.fan("ann");
        var hold = await(fan.create(seats(event, "r", "A-1-1", "A-1-2"))).getHold();
        assertThat(rows(event, "held_by = 'ann' AND status = 'held' AND held_until > now() + interval '4 minutes'"))
                .isEqualTo("A-1-1,A-1-2");
        var swap = SwapHoldRequest.newBuilder()
                .setHoldId(hold.getHoldId())
                .setRequestId("s")
                .setSeats(exact("A-1-2", "A-1-5"));
        await(fan.swap(swap.build()));
        assertThat(rows(event, "held_by = 'ann'")).isEqualTo("A-1-2,A-1-5");
        await(fan.release(hold.getHoldId()));
        assertThat(rows(event, "status <> 'available' OR held_by IS NOT NULL")).isEqualTo("null");

        house.sql(
                "UPDATE seats SET status = 'held', held_by = 'zoe', held_until = now() + interval '1 minute' WHERE event_id = '"
                        + event + "' AND ordinal = 5");
        var refusal = refused(fan.create(seats(event, "r2", "A-1-6", "A-1-7")), "SEAT_TAKEN", GrpcStatus.ABORTED);
        assertThat(refusal.metadata()).containsEntry("seats", "A-1-6");
        house.sql("UPDATE seats SET held_until = now() WHERE event_id = '" + event + "' AND ordinal = 5");
        assertThat(ids(await(fan.create(seats(event, "r3", "A-1-6", "A-1-7"))).getHold()))
                .hasSize(2);
    }

    @Test
    void overlappingPartiesInOppositeOrderNeitherShareASeatNorDeadlock() {
        for (var mode : List.of("optimistic", "pessimistic")) {
            var event = loaded(house.event(mode, "300000"));
            var random = new Random(11);
            for (int round = 0; round < 4; round++) {
                var calls = new ArrayList<Future<Hold>>();
                for (int party = 0; party < 60; party++) {
                    int from = 1 + random.nextInt(7);
                    var seats = new ArrayList<>(List.of("A-2-" + from, "A-2-" + (from + 1), "A-2-" + (from + 2)));
                    if (party % 2 == 0) {
                        Collections.reverse(seats);
                    }
                    var request = seats(event, "r" + round, seats.toArray(String[]::new));
                    calls.add(door.fan("fan" + party).create(request).map(response -> response.getHold()));
                }
                releaseAll(calls);
            }
        }
        assertThat(house.text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                .isEqualTo("0");
    }

    private static void releaseAll(List<Future<Hold>> calls) {
        var owned = new HashSet<String>();
        for (int i = 0; i < calls.size(); i++) {
            var call = calls.get(i).otherwise(failure -> {
                assertThat(((Refusal) failure).reasonName()).isEqualTo("SEAT_TAKEN");
                return Hold.getDefaultInstance();
            });
            var hold = await(call);
            ids(hold)
                    .forEach(seat ->
                            assertThat(owned.add(seat)).as("shared %s", seat).isTrue());
            if (hold.getSeatsCount() > 0) {
                calls.set(i, Future.succeededFuture(hold));
            } else {
                calls.set(i, Future.failedFuture("refused"));
            }
        }
        assertThat(owned).isNotEmpty();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).succeeded()) {
                await(door.fan("fan" + i).release(calls.get(i).result().getHoldId()));
            }
        }
    }

    @Test
    void theSweeperPublishesWhatRanOutAndClearsItsRows() {
        var event = loaded(house.event("pessimistic", "300"));
        await(door.fan("ann").create(seats(event, "r", "A-1-1")));
        var config = new dev.onsale.command.inventory.SweeperConfig(Duration.ofMillis(50), 10, Duration.ofMillis(50));
        var sweeper = dev.onsale.command.inventory.Sweeper.start(house.database, house.ledger, config);
        try {
            Awaitility.await()
                    .until(() -> await(house.ledger.snapshot(event))
                            .orElseThrow()
                            .seats()
                            .toString()
                            .startsWith("0"));
            Awaitility.await().until(() -> rows(event, "held_by IS NOT NULL").equals("null"));
        } finally {
            await(sweeper.stop());
        }
    }

    private static String rows(UUID event, String condition) {
        return house.text(
                "SELECT string_agg(section || '-' || row || '-' || number, ',' ORDER BY ordinal) FROM seats WHERE"
                        + " event_id = '" + event + "' AND (" + condition + ")");
    }
}
