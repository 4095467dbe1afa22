package dev.onsale.waitingroom.room;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.waitingroom.draw.Draw;
import dev.onsale.waitingroom.line.LobbyDigest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A waiting room as PostgreSQL has it.
 *
 * @param event the event whose sale it stands before
 * @param state what it is doing
 * @param epoch admissions of an older one are worth nothing
 * @param rules as the operator decided
 * @param secret signs place tickets and keys the fingerprints of accounts; 32 bytes
 * @param drawKey the draw's key, secret before the draw; 32 bytes
 * @param lastWord said to everyone when it is closed
 * @param openSale closed, and nobody needs an admission any more
 * @param draw how the lobby was drawn; empty before
 * @param reached how far its line had come a moment ago
 * @param digest of its lobby, as far as it was noted
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Room(
        UUID event,
        RoomState state,
        int epoch,
        RoomRules rules,
        byte[] secret,
        byte[] drawKey,
        String lastWord,
        boolean openSale,
        Optional<Draw> draw,
        Progress reached,
        LobbyDigest digest) {

    /** Whether the sale behind it asks for admissions. */
    public boolean gated() {
        return !(is(RoomState.ROOM_STATE_CLOSED) && openSale);
    }

    /** Whether it is in this state. */
    public boolean is(RoomState which) {
        return state == which;
    }

    /** Whether its lobby has ended and can't be drawn before the announced random value comes. */
    public boolean waitsForBeacon(Instant now) {
        return is(RoomState.ROOM_STATE_LOBBY) && !rules.beacon().isEmpty() && !now.isBefore(rules.opens());
    }

    /** Its state does not allow what was asked. */
    public Refusal refuse(String text) {
        return Refusal.of(ErrorReason.ERROR_REASON_ROOM_STATE, text)
                .with("state", state.name().replace("ROOM_STATE_", "").toLowerCase(Locale.ROOT));
    }

    /** No event of this id has a room. */
    public static Refusal none() {
        return Refusal.notFound("waiting room");
    }

    /** As anyone may know it. */
    public dev.onsale.proto.waitingroom.v1.Room toProto(Progress now) {
        var view = dev.onsale.proto.waitingroom.v1.Room.newBuilder()
                .setEventId(event.toString())
                .setState(state)
                .setSettings(rules.toProto())
                .setDrawKeyHash(com.google.protobuf.ByteString.copyFrom(Secrets.sha256(drawKey)))
                .setEpoch(epoch)
                .setJoined(now.joined())
                .setServingNumber(now.served())
                .setLastWord(lastWord);
        draw.ifPresent(done -> view.setDraw(done.toProto()));
        return view.build();
    }
}
