package dev.onsale.waitingroom.draw;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.onsale.proto.waitingroom.v1.DrawRecord;
import dev.onsale.proto.waitingroom.v1.GetRoomResponse;
import dev.onsale.proto.waitingroom.v1.Room;
import dev.onsale.proto.waitingroom.v1.VerifyPositionResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Optional;

/**
 * A draw as somebody saved it from an answer of the service, with what the answer claimed beside it.
 *
 * @param draw the draw; its key is the one whose hash is beside it
 * @param claim the position that VerifyPosition answered, if this was its answer
 */
public record PublishedDraw(Draw draw, Optional<Claim> claim) {

    /** Longer texts are no record. */
    private static final int MAX_LENGTH = 1 << 20;

    /**
     * What the service says.
     *
     * @param entry an entry, from 1
     * @param position where it says that it stands, from 1
     */
    public record Claim(long entry, long position) {}

    /**
     * Reads a {@code DrawRecord}, a {@code Room}, or an answer of GetRoom, OpenRoom or VerifyPosition, as JSON.
     *
     * @throws IllegalArgumentException if there is no draw in it, or it contradicts itself
     */
    public static PublishedDraw parse(String json) {
        var object = object(json);
        if (object.containsKey("room")) {
            return of(merge(object, GetRoomResponse.newBuilder()).build().getRoom());
        }
        if (object.containsKey("settings")) {
            return of(merge(object, Room.newBuilder()).build());
        }
        if (object.containsKey("draw")) {
            return of(merge(object, VerifyPositionResponse.newBuilder()).build());
        }
        return new PublishedDraw(Draw.of(merge(object, DrawRecord.newBuilder()).build()), Optional.empty());
    }

    private static PublishedDraw of(Room room) {
        if (!room.hasDraw()) {
            throw new IllegalArgumentException("draw: missing (this room had not been drawn yet)");
        }
        var draw = Draw.of(room.getDraw());
        if (!draw.event().toString().equals(room.getEventId())) {
            throw new IllegalArgumentException("event_id: the draw is another event's than the room");
        }
        if (!Arrays.equals(draw.keyHash(), room.getDrawKeyHash().toByteArray())) {
            throw new IllegalArgumentException("draw_key_hash: the draw's is not the one the room was made with");
        }
        return new PublishedDraw(draw, Optional.empty());
    }

    private static PublishedDraw of(VerifyPositionResponse answer) {
        return new PublishedDraw(
                Draw.of(answer.getDraw()), Optional.of(new Claim(answer.getEntry(), answer.getPosition())));
    }

    private static JsonObject object(String json) {
        if (json.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("Too long for the record of a draw");
        }
        try {
            return new JsonObject(json);
        } catch (DecodeException | ClassCastException e) {
            throw new IllegalArgumentException("Not a JSON object", e);
        }
    }

    private static <B extends Message.Builder> B merge(JsonObject object, B builder) {
        try {
            JsonFormat.parser().merge(object.encode(), builder);
            return builder;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("Not the record of a draw: " + e.getMessage(), e);
        }
    }
}
