package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.AvailabilityServiceGrpcClient;
import dev.onsale.proto.query.v1.AvailabilityState;
import dev.onsale.proto.query.v1.BatchGetAvailabilityRequest;
import dev.onsale.proto.query.v1.BatchGetAvailabilityResponse;
import dev.onsale.proto.query.v1.Counts;
import dev.onsale.proto.query.v1.EventAvailability;
import dev.onsale.proto.query.v1.GetAvailabilityRequest;
import dev.onsale.proto.query.v1.GetAvailabilityResponse;
import dev.onsale.proto.query.v1.KindCounts;
import dev.onsale.proto.query.v1.PlaceKind;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class AvailabilityIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(60);

    private static ReadSide side;
    private static RpcClient anyone;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        anyone = Clients.anonymous(side);
    }

    @AfterAll
    static void stop() throws SQLException {
        anyone.close().await();
        side.close();
    }

    @Test
    void countsByKindAndTheKindsAddUp() throws SQLException {
        Sale sale = side.sale("Kinds", "Berlin").load();
        sale.seats(SeatStatus.SOLD, 0, 2, 13); // A-1-1, A-1-3 (accessible), A-2-3 (accessible).
        sale.seats(SeatStatus.HELD, 3); // A-1-4, beside it.
        sale.sellArea(7);

        GetAvailabilityResponse answer = availability(sale);

        Map<PlaceKind, Counts> kinds =
                answer.getKindsList().stream().collect(Collectors.toMap(KindCounts::getKind, KindCounts::getCounts));
        assertThat(kinds.get(PlaceKind.PLACE_KIND_ACCESSIBLE)).isEqualTo(counts(4, 0, 2));
        assertThat(kinds.get(PlaceKind.PLACE_KIND_COMPANION)).isEqualTo(counts(5, 1, 0));
        assertThat(kinds.get(PlaceKind.PLACE_KIND_REGULAR)).isEqualTo(counts(47, 0, 1));
        assertThat(kinds.get(PlaceKind.PLACE_KIND_GENERAL_ADMISSION)).isEqualTo(counts(93, 0, 7));
        assertThat(kinds.values().stream().mapToInt(Counts::getAvailable).sum())
                .isEqualTo(answer.getTotal().getAvailable());
        assertThat(answer.getRestrictedView()).isEqualTo(Counts.getDefaultInstance());
        assertThat(answer.getAvailability()).isEqualTo(AvailabilityState.AVAILABILITY_STATE_AVAILABLE);
    }

    @Test
    void isSoldOutExactlyWhenTheLastPlaceGoesAndNotWhenOneComesBack() throws SQLException {
        Sale sale = side.sale("Last place", "Berlin").load();
        int[] seats = Sale.ordinals();
        sale.sellArea(Sale.AREA);
        sale.seats(SeatStatus.SOLD, Arrays.copyOf(seats, seats.length - 1));
        int last = seats[seats.length - 1];

        for (SeatStatus status : List.of(
                SeatStatus.AVAILABLE, SeatStatus.HELD, SeatStatus.AVAILABLE, SeatStatus.HELD, SeatStatus.SOLD)) {
            sale.seats(status, last);
            boolean left = status == SeatStatus.AVAILABLE;
            AvailabilityState expected = left
                    ? AvailabilityState.AVAILABILITY_STATE_FEW_LEFT
                    : AvailabilityState.AVAILABILITY_STATE_SOLD_OUT;

            GetAvailabilityResponse one = availability(sale);
            EventAvailability many = batch(List.of(sale.eventId.toString())).getEvents(0);

            assertThat(one.getTotal().getAvailable()).isEqualTo(left ? 1 : 0);
            assertThat(one.getAvailability()).isEqualTo(expected);
            assertThat(many.getState()).isEqualTo(expected);
            assertThat(many.getShareLeft() > 0).isEqualTo(left);
            assertThat(many.getAsOf().getVersion()).isEqualTo(sale.version());
        }
    }

    @Test
    void answersAThousandEventsWithoutLoadingOneOfThem() throws SQLException {
        Sale full = side.sale("Full", "Berlin").load();
        full.seats(SeatStatus.SOLD, Sale.ordinals());
        full.sellArea(Sale.AREA);
        Sale few = side.sale("Few", "Berlin").load();
        few.seats(SeatStatus.SOLD, Sale.ordinals());
        few.sellArea(Sale.AREA - 7);
        Sale closed = side.sale("Closed", "Berlin").load();
        closed.status("closed");
        Sale draft = side.sale("Draft", "Berlin").load();
        draft.status("draft");
        Sale later = side.sale("Later", "Berlin").load();
        later.event("sale_start", OffsetDateTime.of(2029, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
        List<UUID> never = later.copies("Never loaded", 300);
        List<String> ids = new ArrayList<>();
        Stream.of(full, few, closed, draft).forEach(sale -> ids.add(sale.eventId.toString()));
        never.forEach(id -> ids.add(id.toString()));
        ids.add(full.eventId.toString()); // Twice.
        ids.add(few.eventId.toString().toUpperCase(Locale.ROOT)); // Twice as well.
        while (ids.size() < 1000) {
            ids.add(UUID.randomUUID().toString());
        }
        Collections.shuffle(ids, new Random(7));
        await().atMost(LONG).ignoreExceptions().until(() -> side.count(IndexKind.SEAT_BLOCKS, few.eventId) == 4);
        await().atMost(LONG).ignoreExceptions().until(() -> side.count(IndexKind.EVENTS, never.getLast()) == 1);
        double views = Meters.of(side, "onsale_query_views");

        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThat(state(ids, few)).isEqualTo(AvailabilityState.AVAILABILITY_STATE_FEW_LEFT));
        BatchGetAvailabilityResponse answer = batch(ids);

        assertThat(answer.getEventsCount()).isEqualTo(303);
        assertThat(answer.getUnknownEventIdsList())
                .hasSize(1000 - 2 - 303)
                .contains(draft.eventId.toString())
                .doesNotHaveDuplicates();
        assertThat(state(ids, full)).isEqualTo(AvailabilityState.AVAILABILITY_STATE_SOLD_OUT);
        assertThat(state(ids, closed)).isEqualTo(AvailabilityState.AVAILABILITY_STATE_NOT_ON_SALE);
        EventAvailability left = one(answer, few.eventId);
        assertThat(left.getShareLeft()).isEqualTo(0.043);
        assertThat(left.getAsOf().getVersion()).isEqualTo(few.version());
        assertThat(left.getAsOf().getStale()).isFalse();
        assertThat(left.getAsOf().getAgeMillis()).isLessThan(10_000);
        assertThat(one(answer, never.getFirst()).getState())
                .isEqualTo(AvailabilityState.AVAILABILITY_STATE_NOT_ON_SALE);
        assertThat(one(answer, never.getFirst()).getShareLeft()).isEqualTo(1);
        assertThat(Meters.of(side, "onsale_query_views")).isEqualTo(views);
    }

    @Test
    void refusesIdsThatAreNone() {
        String good = UUID.randomUUID().toString();
        for (String bad : List.of("x", "1-1-1-1-1", good.substring(1), good + "0", "g".repeat(36))) {
            assertThatThrownBy(() -> batch(List.of(good, bad))).isInstanceOfSatisfying(Refusal.class, no -> {
                assertThat(no.reasonName()).isEqualTo("INVALID_FIELD");
                assertThat(no.fields().getFirst().path()).isEqualTo("event_ids[1]");
            });
        }
        assertThatThrownBy(() -> batch(List.of())).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> batch(Collections.nCopies(1001, good))).isInstanceOf(Refusal.class);
    }

    private static AvailabilityState state(List<String> ids, Sale sale) {
        return one(batch(ids), sale.eventId).getState();
    }

    private static EventAvailability one(BatchGetAvailabilityResponse answer, UUID id) {
        return answer.getEventsList().stream()
                .filter(event -> event.getEventId().equals(id.toString()))
                .findFirst()
                .orElseThrow();
    }

    private static BatchGetAvailabilityResponse batch(List<String> ids) {
        return anyone.call(
                        AvailabilityServiceGrpcClient.BatchGetAvailability,
                        BatchGetAvailabilityRequest.newBuilder()
                                .addAllEventIds(ids)
                                .build())
                .await();
    }

    private static GetAvailabilityResponse availability(Sale sale) {
        return anyone.call(
                        AvailabilityServiceGrpcClient.GetAvailability,
                        GetAvailabilityRequest.newBuilder()
                                .setEventId(sale.eventId.toString())
                                .setMinVersion(sale.version())
                                .build())
                .await();
    }

    private static Counts counts(int available, int held, int sold) {
        return Counts.newBuilder()
                .setAvailable(available)
                .setHeld(held)
                .setSold(sold)
                .build();
    }
}
