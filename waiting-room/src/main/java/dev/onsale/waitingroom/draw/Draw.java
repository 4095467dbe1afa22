package dev.onsale.waitingroom.draw;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.onsale.proto.waitingroom.v1.DrawRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * All that a draw is made from; nothing else has a say in it.
 *
 * @param event whose lobby was drawn
 * @param key 32 secret bytes; their hash was published when the room was made, they themselves with the draw
 * @param lobbySize how many had joined: entries 1 to this are drawn
 * @param lobbyDigest 20 bytes, over the fingerprints of all accounts in the lobby in the order of their entries
 * @param beacon which public random value was announced; empty: none
 * @param beaconValue the value of it; empty: none
 * @param drawn when the lobby ended
 */
@SuppressWarnings("ArrayRecordComponent") // Copied on the way in and out, and compared by content.
public record Draw(
        UUID event, byte[] key, long lobbySize, byte[] lobbyDigest, String beacon, String beaconValue, Instant drawn) {

    private static final byte[] PURPOSE = "onsale-draw-v1\0".getBytes(StandardCharsets.UTF_8);
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int KEY_BYTES = 32;
    private static final int DIGEST_BYTES = 20;
    private static final int MAX_BEACON = 200;

    /** Checks sizes. */
    public Draw {
        check(key.length == KEY_BYTES, "draw_key: " + key.length + " bytes (expected: 32)");
        check(lobbyDigest.length == DIGEST_BYTES, "lobby_digest: " + lobbyDigest.length + " bytes (expected: 20)");
        check(lobbySize >= 0, "lobby_size: " + lobbySize + " (expected: 0 or more)");
        check(
                beacon.length() <= MAX_BEACON && beaconValue.length() <= MAX_BEACON,
                "beacon, beacon_value: too long (expected: at most 200 characters each)");
        key = key.clone();
        lobbyDigest = lobbyDigest.clone();
    }

    private static void check(boolean right, String fault) {
        if (!right) {
            throw new IllegalArgumentException(fault);
        }
    }

    @Override
    public byte[] key() {
        return key.clone();
    }

    @Override
    public byte[] lobbyDigest() {
        return lobbyDigest.clone();
    }

    /** SHA-256 of the key: what is published before anybody joins. */
    public byte[] keyHash() {
        return Hashing.sha256().hashBytes(key).asBytes();
    }

    /** What decides the order: HMAC-SHA256 by the key over everything that was fixed when the lobby ended. */
    public byte[] seed() {
        var beaconBytes = beaconValue.getBytes(StandardCharsets.UTF_8);
        var message = ByteBuffer.allocate(PURPOSE.length + 16 + 8 + DIGEST_BYTES + beaconBytes.length)
                .put(PURPOSE)
                .putLong(event.getMostSignificantBits())
                .putLong(event.getLeastSignificantBits())
                .putLong(lobbySize)
                .put(lobbyDigest)
                .put(beaconBytes);
        return Hashing.hmacSha256(key).hashBytes(message.array()).asBytes();
    }

    /** The order of the lobby. Made anew by each call: keep it. */
    public LinePermutation permutation() {
        return LinePermutation.of(seed(), lobbySize);
    }

    /** The record as it is published. */
    public DrawRecord toProto() {
        return DrawRecord.newBuilder()
                .setEventId(event.toString())
                .setDrawKeyHash(ByteString.copyFrom(keyHash()))
                .setDrawKey(ByteString.copyFrom(key))
                .setLobbySize(lobbySize)
                .setLobbyDigest(ByteString.copyFrom(lobbyDigest))
                .setBeacon(beacon)
                .setBeaconValue(beaconValue)
                .setDrawTime(Timestamp.newBuilder()
                        .setSeconds(drawn.getEpochSecond())
                        .setNanos(drawn.getNano()))
                .build();
    }

    /**
     * A published record.
     *
     * @throws IllegalArgumentException if it can't be one, or its key is not the one whose hash it names
     */
    public static Draw of(DrawRecord proto) {
        check(!proto.getEventId().isEmpty(), "event_id: missing (expected: the record of a draw)");
        var draw = new Draw(
                event(proto.getEventId()),
                proto.getDrawKey().toByteArray(),
                proto.getLobbySize(),
                proto.getLobbyDigest().toByteArray(),
                proto.getBeacon(),
                proto.getBeaconValue(),
                Instant.ofEpochSecond(
                        proto.getDrawTime().getSeconds(), proto.getDrawTime().getNanos()));
        check(
                Arrays.equals(draw.keyHash(), proto.getDrawKeyHash().toByteArray()),
                "draw_key_hash: not the SHA-256 of draw_key, which is " + hex(draw.keyHash()));
        return draw;
    }

    private static UUID event(String text) {
        check(UUID_TEXT.matcher(text).matches(), "event_id: not a UUID");
        return UUID.fromString(text);
    }

    /** The record as JSON, the same as the RPCs print it: bytes in base64, whole numbers as text. */
    public String toJson() {
        try {
            return JsonFormat.printer().print(toProto());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A record without Any can always be printed", e);
        }
    }

    /**
     * Reads a record from JSON: a {@code DrawRecord}, or an answer of GetRoom, VerifyPosition or the like that has one.
     *
     * @throws IllegalArgumentException if there is none, or {@link #of} refuses it
     */
    public static Draw parse(String json) {
        return PublishedDraw.parse(json).draw();
    }

    static String hex(byte[] bytes) {
        return BaseEncoding.base16().lowerCase().encode(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Draw draw && toProto().equals(draw.toProto());
    }

    @Override
    public int hashCode() {
        return Objects.hash(event, lobbySize, Arrays.hashCode(lobbyDigest), drawn);
    }

    /** Without the key: it is secret until the draw is published. */
    @Override
    public String toString() {
        return "Draw[event=" + event + ", keyHash=" + hex(keyHash()) + ", lobbySize=" + lobbySize + ", drawn=" + drawn
                + "]";
    }
}
