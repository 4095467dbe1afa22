package dev.onsale.waitingroom.place;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Place tickets of one room: version, event, entry and fingerprint of the account, signed by HMAC-SHA256 (128 bits of it)
 * with a key made from the room's secret; 66 characters of base64url. Immutable; may be used by any thread.
 */
public final class PlaceTickets {

    private static final byte VERSION = 1;
    private static final int SIGNED_BYTES = 1 + 16 + 8 + 8;
    private static final int SIGNATURE_BYTES = 16;
    private static final int TEXT_LENGTH = 66;
    private static final String PURPOSE = "onsale-place-v1";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final UUID event;
    private final HashFunction signer;

    private PlaceTickets(UUID event, HashFunction signer) {
        this.event = event;
        this.signer = signer;
    }

    /**
     * What a ticket says.
     *
     * @param event whose room it is
     * @param entry in which order the account joined, from 1
     * @param fingerprint of the account, by the room's secret
     */
    public record Place(UUID event, long entry, long fingerprint) {}

    /** The tickets of a room with this secret. */
    public static PlaceTickets of(UUID event, byte[] roomSecret) {
        var key = Hashing.hmacSha256(roomSecret)
                .hashString(PURPOSE, StandardCharsets.UTF_8)
                .asBytes();
        return new PlaceTickets(event, Hashing.hmacSha256(key));
    }

    /** A ticket for this place: always the same text for the same place. */
    public String issue(long entry, long fingerprint) {
        var bytes = ByteBuffer.allocate(SIGNED_BYTES + SIGNATURE_BYTES)
                .put(VERSION)
                .putLong(event.getMostSignificantBits())
                .putLong(event.getLeastSignificantBits())
                .putLong(entry)
                .putLong(fingerprint);
        bytes.put(signature(bytes.array()));
        return ENCODER.encodeToString(bytes.array());
    }

    /** What the ticket says; empty if it is not one of this room's. */
    public Optional<Place> read(String ticket) {
        return decoded(ticket)
                .filter(this::signed)
                .map(PlaceTickets::place)
                .filter(place -> place.event().equals(event));
    }

    /** Whose room a ticket names. Not verified: only {@link #read} tells whether it is true. */
    public static Optional<UUID> event(String ticket) {
        return decoded(ticket).map(PlaceTickets::place).map(Place::event);
    }

    private static Place place(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes, 1, SIGNED_BYTES - 1);
        return new Place(new UUID(buffer.getLong(), buffer.getLong()), buffer.getLong(), buffer.getLong());
    }

    private boolean signed(byte[] bytes) {
        return MessageDigest.isEqual(signature(bytes), Arrays.copyOfRange(bytes, SIGNED_BYTES, bytes.length));
    }

    private byte[] signature(byte[] bytes) {
        return Arrays.copyOf(signer.hashBytes(bytes, 0, SIGNED_BYTES).asBytes(), SIGNATURE_BYTES);
    }

    /** The bytes of a text that could be a ticket of this version, written in the one right way. */
    private static Optional<byte[]> decoded(String ticket) {
        if (ticket.length() != TEXT_LENGTH) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(ticket);
            boolean right = bytes.length == SIGNED_BYTES + SIGNATURE_BYTES
                    && bytes[0] == VERSION
                    && ENCODER.encodeToString(bytes).equals(ticket);
            return right ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
