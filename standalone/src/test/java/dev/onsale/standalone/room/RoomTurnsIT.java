package dev.onsale.standalone.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.onsale.proto.activity.v1.Activity;
import dev.onsale.proto.waitingroom.v1.ClaimAdmissionResponse;
import dev.onsale.proto.waitingroom.v1.GetVisitResponse;
import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.Room;
import dev.onsale.proto.waitingroom.v1.RoomSettings;
import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.proto.waitingroom.v1.RoomStatistics;
import dev.onsale.waitingroom.draw.Draw;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;

/** Turns come, pass, stand still and are taken away. */
class RoomTurnsIT {

    @RegisterExtension
    static final RoomHouse HOUSE = RoomHouse.withNodes(2);

    private static String room(UnaryOperator<RoomSettings.Builder> change) {
        String event = HOUSE.event(100);
        HOUSE.operator(0).configure(event, change);
        return event;
    }

    private static void called(RoomGuest guest, Place place) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> guest.position(place.getPlaceTicket()).getNextStep() == NextStep.NEXT_STEP_CLAIM);
    }

    @Test
    @Execution(CONCURRENT)
    void whoMissedItsTurnMayComeAgainOnceAndNotTwice() {
        // Given
        String event = room(room -> room.setClaimWindow(RoomOperator.seconds(1)));
        RoomGuest ada = HOUSE.guest("ada");
        Place first = ada.join(event);
        assertThatThrownBy(() -> ada.reenter(first.getPlaceTicket())).hasMessageContaining("NOT_YOUR_TURN");
        HOUSE.operator(1).open(event, "");

        // When
        passed(ada, first);
        assertThatThrownBy(() -> ada.claim(first.getPlaceTicket())).hasMessageContaining("TURN_PASSED");
        Place again = ada.reenter(first.getPlaceTicket());

        // Then
        assertThat(again.getEntry()).isEqualTo(2);
        assertThat(again.getPosition()).isEqualTo(2);
        assertThat(ada.reenter(first.getPlaceTicket()).getEntry())
                .as("asked again")
                .isEqualTo(2);
        assertThat(ada.join(event).getEntry()).isEqualTo(2);
        passed(ada, again);
        assertThatThrownBy(() -> ada.reenter(again.getPlaceTicket())).hasMessageContaining("TURN_USED");
        assertThatThrownBy(() -> ada.claim(first.getPlaceTicket())).hasMessageContaining("TURN_USED");
        assertThat(HOUSE.operator(0).statistics(event))
                .returns(2L, RoomStatistics::getJoined)
                .returns(2L, RoomStatistics::getAbsent)
                .returns(0L, RoomStatistics::getAdmitted);
    }

    private static void passed(RoomGuest guest, Place place) {
        await().atMost(Duration.ofSeconds(15))
                .until(() -> guest.position(place.getPlaceTicket()).getNextStep() == NextStep.NEXT_STEP_REENTER);
    }

    @Test
    @Execution(CONCURRENT)
    void supportSeesWhereAnAccountStandsAndWhatItDidWithItsTurn() {
        // Given
        String event = room(room -> room);
        RoomGuest vera = HOUSE.guest("vera");
        Place place = vera.join(event);
        assertThatThrownBy(() -> vera.claim(place.getPlaceTicket())).hasMessageContaining("NOT_YOUR_TURN");
        HOUSE.operator(1).open(event, "");
        called(vera, place);
        String session = vera.claim(place.getPlaceTicket()).getSessionId();

        // When
        GetVisitResponse visit = await().atMost(Duration.ofSeconds(15))
                .until(() -> HOUSE.operator(0).visit(event, "vera"), found -> found.getActivitiesCount() == 2);

        // Then
        assertThat(visit.getPlace())
                .returns(place.getEntry(), Place::getEntry)
                .returns(1L, Place::getPosition)
                .returns("", Place::getPlaceTicket);
        assertThat(visit.getActivitiesList())
                .allSatisfy(each -> assertThat(each)
                        .returns("vera", Activity::getAccount)
                        .returns(event, Activity::getEventId)
                        .returns("WaitingRoomService/ClaimAdmission", Activity::getMethod))
                .extracting(Activity::getOutcome)
                .containsExactly("NOT_YOUR_TURN", "OK");
        assertThat(visit.getActivities(1).getDetail().toString()).contains(session);
        GetVisitResponse never = HOUSE.operator(0).visit(event, "who never came");
        assertThat(never.hasPlace()).isFalse();
        assertThat(never.getActivitiesList()).isEmpty();
    }

    @Test
    @Execution(CONCURRENT)
    void aPausedLineStandsStillAndMakesNothingUp() throws Exception {
        // Given
        int rate = 200;
        String event = room(room -> room.setDrainRate(rate).setMaxActive(100_000));
        RoomOperator operator = HOUSE.operator(0);
        LineAccess line = HOUSE.line(event);
        line.crowd("visitor-", 5_000);
        operator.open(event, "");
        await().until(() -> line.sample().called() > 100);

        // When
        operator.pause(event);
        long stopped = line.sample().called();
        Thread.sleep(2_000);
        LineAccess.Sample still = line.sample();
        Instant before = still.when();
        operator.resume(event);
        Thread.sleep(1_000);
        LineAccess.Sample moved = line.sample();

        // Then
        assertThat(still.called()).isEqualTo(stopped);
        assertThat(moved.called()).isGreaterThan(stopped);
        assertThat((double) moved.called() - stopped)
                .isLessThanOrEqualTo(
                        rate * Duration.between(before, moved.when()).toMillis() / 1_000.0);
        assertThatThrownBy(() -> operator.resume(event)).hasMessageContaining("ROOM_STATE");
    }

    @Test
    @Execution(CONCURRENT)
    void aRoomWithABeaconIsDrawnWithItsValueAndNothingElse() throws Exception {
        // Given
        UnaryOperator<RoomSettings.Builder> settings = room -> room.setBeacon("the lottery of Saturday");
        String event = room(settings);
        RoomOperator operator = HOUSE.operator(0);
        List<Place> lobby = IntStream.range(0, 30)
                .mapToObj(i -> HOUSE.guest("beacon-" + i).join(event))
                .toList();
        assertThatThrownBy(() -> operator.open(event, "6 49")).hasMessageContaining("ROOM_STATE");

        // When
        Instant opens = Instant.now().plusMillis(500);
        operator.configure(event, room -> settings.apply(room).setOpenTime(RoomOperator.time(opens)));
        await().until(() -> Instant.now().isAfter(opens.plusMillis(1_000)));

        // Then
        RoomGuest late = HOUSE.guest("late");
        Place behind = late.join(event);
        assertThat(behind.getPosition()).isZero();
        assertThat(behind.getRoomState()).isEqualTo(RoomState.ROOM_STATE_LOBBY);
        assertThatThrownBy(() -> operator.open(event, "")).hasMessageContaining("beacon_value");
        assertThatThrownBy(() ->
                        operator.configure(event, room -> settings.apply(room).setBeacon("")))
                .hasMessageContaining("ROOM_STATE");
        Room drawn = operator.open(event, "6 49");
        assertThat(operator.open(event, "6 49").getDraw()).as("asked again").isEqualTo(drawn.getDraw());
        assertThatThrownBy(() -> operator.open(event, "7 50")).hasMessageContaining("ROOM_STATE");
        assertThat(drawn.getDraw().getBeaconValue()).isEqualTo("6 49");
        assertThat(drawn.getDraw().getLobbySize()).isEqualTo(30);
        var recomputed = Draw.of(drawn.getDraw()).permutation();
        assertThat(lobby)
                .allSatisfy(
                        place -> assertThat(late.verify(event, place.getEntry()).getPosition())
                                .isEqualTo(recomputed.position(place.getEntry())));
        var otherwise = Draw.of(
                        drawn.getDraw().toBuilder().setBeaconValue("7 50").build())
                .permutation();
        assertThat(LongStream.rangeClosed(1, 30).map(otherwise::position))
                .isNotEqualTo(LongStream.rangeClosed(1, 30).map(recomputed::position));
        assertThat(late.position(behind.getPlaceTicket()).getPosition()).isEqualTo(31);
    }

    /** One may be inside. */
    @Test
    @Execution(CONCURRENT)
    void aRevokedAccountsPlaceInsideIsFreeAtOnce() {
        // Given
        String event = room(room -> room.setMaxActive(1));
        RoomOperator operator = HOUSE.operator(0);
        List<RoomGuest> guests = List.of(HOUSE.guest("rev-0"), HOUSE.guest("rev-1"), HOUSE.guest("rev-2"));
        List<Place> places = guests.stream().map(guest -> guest.join(event)).toList();
        Room open = operator.open(event, "");
        List<Integer> order = LongStream.rangeClosed(1, 3)
                .mapToObj(
                        position -> (int) Draw.of(open.getDraw()).permutation().entry(position) - 1)
                .toList();
        int one = order.get(0);
        called(guests.get(one), places.get(one));
        ClaimAdmissionResponse first = guests.get(one).claim(places.get(one).getPlaceTicket());
        guests.get(one).hold(event, first.getAdmissionToken());

        // When
        operator.revoke(event, target -> target.setAccount("rev-" + one));

        // Then
        assertThatThrownBy(() -> guests.get(one).hold(event, first.getAdmissionToken()))
                .hasMessageContaining("ADMISSION_REQUIRED");
        assertThatThrownBy(() -> guests.get(one).claim(places.get(one).getPlaceTicket()))
                .hasMessageContaining("ADMISSION_REVOKED");
        int two = order.get(1);
        called(guests.get(two), places.get(two));
        ClaimAdmissionResponse second = guests.get(two).claim(places.get(two).getPlaceTicket());
        // And: everybody's tokens are worth nothing, but nobody is sent out
        operator.revoke(event, target -> target.setEverybody(true));
        assertThatThrownBy(() -> guests.get(two).hold(event, second.getAdmissionToken()))
                .hasMessageContaining("ADMISSION_REQUIRED");
        ClaimAdmissionResponse again = guests.get(two).claim(places.get(two).getPlaceTicket());
        assertThat(again.getSessionId()).isEqualTo(second.getSessionId());
        guests.get(two).hold(event, again.getAdmissionToken());
        assertThat(operator.statistics(event)).returns(1L, RoomStatistics::getActive);
        // And: by its session
        operator.revoke(event, target -> target.setSessionId(again.getSessionId()));
        int three = order.get(2);
        called(guests.get(three), places.get(three));
        assertThat(operator.statistics(event))
                .returns(2L, RoomStatistics::getAbandoned)
                .returns(1L, RoomStatistics::getMostActive);
    }
}
