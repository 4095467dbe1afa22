package dev.onsale.tools.rush;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.proto.waitingroom.v1.ClaimAdmissionRequest;
import dev.onsale.proto.waitingroom.v1.ConfigureRoomRequest;
import dev.onsale.proto.waitingroom.v1.GetPositionRequest;
import dev.onsale.proto.waitingroom.v1.GetRoomStatisticsRequest;
import dev.onsale.proto.waitingroom.v1.JoinRoomRequest;
import dev.onsale.proto.waitingroom.v1.LeaveRoomRequest;
import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.RoomSettings;
import dev.onsale.proto.waitingroom.v1.RoomStatistics;
import dev.onsale.proto.waitingroom.v1.WaitingRoomAdminServiceGrpc;
import dev.onsale.proto.waitingroom.v1.WaitingRoomServiceGrpc;
import dev.onsale.runtime.auth.Role;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The waiting room before the rush's sale, and a fan's way through it. Keeps what must never be seen. */
final class RushRoom {
    private static final int DEADLINE_SECONDS = 20;
    private static final int TRIES = 5;
    private static final long PATIENCE_SECONDS = 900;
    private static final int LOBBY_SECONDS = 5;
    private static final int CLAIM_SECONDS = 60;
    private static final int SESSION_SECONDS = 180;

    private final Wire wire;
    private final String event;
    private final int cap;
    private final Set<Long> positions = ConcurrentHashMap.newKeySet();
    private final AtomicLong twice = new AtomicLong();
    private final AtomicLong grown = new AtomicLong();
    private final AtomicLong admitted = new AtomicLong();

    private RushRoom(Wire wire, String event, int cap) {
        this.wire = wire;
        this.event = event;
        this.cap = cap;
    }

    /**
     * A way in.
     *
     * @param token for every call of the sale
     * @param ticket of the place
     */
    record Admission(String token, String ticket) {}

    /** Puts a room before the event. */
    static RushRoom before(Wire wire, String event, RushOptions options, int drain) {
        RoomSettings settings = RoomSettings.newBuilder()
                .setOpenTime(Timestamp.newBuilder()
                        .setSeconds(Instant.now().plusSeconds(LOBBY_SECONDS).getEpochSecond()))
                .setDrainRate(drain)
                .setMaxActive(options.inside())
                .setClaimWindow(Duration.newBuilder().setSeconds(CLAIM_SECONDS))
                .setSessionLength(Duration.newBuilder().setSeconds(SESSION_SECONDS))
                .setChallenge(ChallengeKind.CHALLENGE_KIND_NONE)
                .build();
        RushRoom room = new RushRoom(wire, event, options.inside());
        room.admin()
                .configureRoom(ConfigureRoomRequest.newBuilder()
                        .setRequestId(newId())
                        .setEventId(event)
                        .setSettings(settings)
                        .build());
        return room;
    }

    /** Joins, waits and claims; empty: the room closed, or would not have the fan. */
    Optional<Admission> queue(Wire.Bearer fan, int number, Tally tally) throws InterruptedException {
        JoinRoomRequest join = JoinRoomRequest.newBuilder()
                .setRequestId(newId())
                .setEventId(event)
                .build();
        Optional<Place> place = attempt(
                tally, "JoinRoom", () -> stub(fan, number).joinRoom(join).getPlace());
        return place.isEmpty() ? Optional.empty() : waitThenClaim(place.get(), fan, number, tally);
    }

    private Optional<Admission> waitThenClaim(Place first, Wire.Bearer fan, int number, Tally tally)
            throws InterruptedException {
        GetPositionRequest ask = GetPositionRequest.newBuilder()
                .setPlaceTicket(first.getPlaceTicket())
                .build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Place place = first;
        while (place.getNextStep() == NextStep.NEXT_STEP_WAIT && System.nanoTime() < end) {
            Thread.sleep(Math.max(200, place.getPollAfter().getSeconds() * 250));
            Place before = place;
            place = attempt(
                            tally,
                            "GetPosition",
                            () -> stub(fan, number).getPosition(ask).getPlace())
                    .orElse(before);
            compare(before, place);
        }
        if (place.getNextStep() != NextStep.NEXT_STEP_CLAIM) {
            return Optional.empty();
        }
        note(place);
        return claim(first.getPlaceTicket(), fan, number, tally);
    }

    private void compare(Place before, Place now) {
        if (before.getPosition() > 0 && now.getAhead() > before.getAhead()) {
            grown.incrementAndGet();
        }
    }

    private void note(Place place) {
        if (!positions.add(place.getPosition())) {
            twice.incrementAndGet();
        }
    }

    private Optional<Admission> claim(String ticket, Wire.Bearer fan, int number, Tally tally)
            throws InterruptedException {
        ClaimAdmissionRequest request = ClaimAdmissionRequest.newBuilder()
                .setRequestId(newId())
                .setPlaceTicket(ticket)
                .build();
        Optional<Admission> admission = attempt(
                tally,
                "ClaimAdmission",
                () -> new Admission(stub(fan, number).claimAdmission(request).getAdmissionToken(), ticket));
        admission.ifPresent(in -> admitted.incrementAndGet());
        return admission;
    }

    /** Somebody else may come in. */
    void leave(Wire.Bearer fan, int number, Admission admission, Tally tally) throws InterruptedException {
        LeaveRoomRequest request = LeaveRoomRequest.newBuilder()
                .setRequestId(newId())
                .setPlaceTicket(admission.ticket())
                .build();
        attempt(tally, "LeaveRoom", () -> stub(fan, number).leaveRoom(request));
    }

    /** What the room counted, and what the fans saw. */
    RoomFigures figures() {
        return new RoomFigures(statistics(), admitted.get(), twice.get(), grown.get(), cap);
    }

    private RoomStatistics statistics() {
        return admin().getRoomStatistics(
                        GetRoomStatisticsRequest.newBuilder().setEventId(event).build())
                .getStatistics();
    }

    private static <T> Optional<T> attempt(Tally tally, String rpc, Supplier<T> call) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(tally.call(rpc, call));
            } catch (StatusRuntimeException refused) {
                if (attempt == TRIES || !FanStory.worthAnotherTry(refused)) {
                    return Optional.empty();
                }
                Thread.sleep(200L << attempt);
            }
        }
    }

    private WaitingRoomServiceGrpc.WaitingRoomServiceBlockingStub stub(Wire.Bearer fan, int number) {
        return WaitingRoomServiceGrpc.newBlockingStub(wire.waitingRoom(number))
                .withCallCredentials(fan)
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private WaitingRoomAdminServiceGrpc.WaitingRoomAdminServiceBlockingStub admin() {
        return WaitingRoomAdminServiceGrpc.newBlockingStub(wire.waitingRoom(0))
                .withCallCredentials(wire.as("rush-operator", Role.OPERATOR))
                .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
