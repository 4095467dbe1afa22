package dev.onsale.standalone.room;

import static dev.onsale.standalone.room.RoomChannels.calling;
import static dev.onsale.standalone.room.RoomChannels.id;
import static dev.onsale.standalone.room.RoomChannels.told;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.proto.waitingroom.v1.CloseRoomRequest;
import dev.onsale.proto.waitingroom.v1.ConfigureRoomRequest;
import dev.onsale.proto.waitingroom.v1.GetRoomStatisticsRequest;
import dev.onsale.proto.waitingroom.v1.GetVisitRequest;
import dev.onsale.proto.waitingroom.v1.GetVisitResponse;
import dev.onsale.proto.waitingroom.v1.OpenRoomRequest;
import dev.onsale.proto.waitingroom.v1.PauseRoomRequest;
import dev.onsale.proto.waitingroom.v1.ResumeRoomRequest;
import dev.onsale.proto.waitingroom.v1.RevokeAdmissionsRequest;
import dev.onsale.proto.waitingroom.v1.Room;
import dev.onsale.proto.waitingroom.v1.RoomSettings;
import dev.onsale.proto.waitingroom.v1.RoomStatistics;
import dev.onsale.proto.waitingroom.v1.SetDrainRequest;
import dev.onsale.proto.waitingroom.v1.WaitingRoomAdminServiceGrpc;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Runs rooms, with plain grpc-java stubs. A refusal is thrown as an {@link IllegalStateException} with its reason in words.
 *
 * @param channels where it calls; may be shared
 * @param token of an operator
 */
public record RoomOperator(RoomChannels channels, String token) {

    /** A room that opens tomorrow, without a challenge, with this changed. */
    public Room configure(String event, UnaryOperator<RoomSettings.Builder> change) {
        RoomSettings.Builder settings = RoomSettings.newBuilder()
                .setOpenTime(time(Instant.now().plusSeconds(86_400)))
                .setChallenge(ChallengeKind.CHALLENGE_KIND_NONE);
        ConfigureRoomRequest request = ConfigureRoomRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .setSettings(change.apply(settings))
                .build();
        return told(() -> admin().configureRoom(request).getRoom());
    }

    static Timestamp time(Instant when) {
        return Timestamp.newBuilder()
                .setSeconds(when.getEpochSecond())
                .setNanos(when.getNano())
                .build();
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    static Duration seconds(int seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }

    /** Opens a room; the value is empty if no beacon was announced. */
    public Room open(String event, String beaconValue) {
        OpenRoomRequest request = OpenRoomRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .setBeaconValue(beaconValue)
                .build();
        return told(() -> admin().openRoom(request).getRoom());
    }

    /** Where an account stands in a line, and what it did with its turn. */
    GetVisitResponse visit(String event, String account) {
        GetVisitRequest request = GetVisitRequest.newBuilder()
                .setEventId(event)
                .setAccount(account)
                .build();
        return told(() -> admin().getVisit(request));
    }

    void pause(String event) {
        told(() -> admin().pauseRoom(PauseRoomRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .build()));
    }

    /** One request, sent twice. */
    void pauseTwiceAfterOpening(String event) {
        open(event, "");
        PauseRoomRequest request = PauseRoomRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .build();
        told(() -> admin().pauseRoom(request));
        told(() -> admin().pauseRoom(request));
    }

    void resume(String event) {
        told(() -> admin().resumeRoom(ResumeRoomRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .build()));
    }

    void close(String event, String lastWord) {
        told(() -> admin().closeRoom(CloseRoomRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .setLastWord(lastWord)
                .build()));
    }

    void setDrain(String event, int rate, int maxActive) {
        told(() -> admin().setDrain(SetDrainRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .setDrainRate(rate)
                .setMaxActive(maxActive)
                .build()));
    }

    /** Revokes admissions: the target is set by the change. */
    public Room revoke(String event, UnaryOperator<RevokeAdmissionsRequest.Builder> target) {
        RevokeAdmissionsRequest.Builder request = RevokeAdmissionsRequest.newBuilder()
                .setRequestId(id())
                .setEventId(event)
                .setCause("a test");
        return told(
                () -> admin().revokeAdmissions(target.apply(request).build()).getRoom());
    }

    RoomStatistics statistics(String event) {
        GetRoomStatisticsRequest request =
                GetRoomStatisticsRequest.newBuilder().setEventId(event).build();
        return told(() -> admin().getRoomStatistics(request).getStatistics());
    }

    private WaitingRoomAdminServiceGrpc.WaitingRoomAdminServiceBlockingStub admin() {
        return calling(WaitingRoomAdminServiceGrpc.newBlockingStub(channels.room()), token, "");
    }
}
