package dev.onsale.command.partner;

import dev.onsale.runtime.error.Refusal;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * A place in a partner's feed as it travels: opaque, and of no use in another's.
 *
 * @param number behind the change with this number
 */
record FeedCursor(long number) {
    private static final byte VERSION = 1;
    private static final int BYTES = 1 + Long.BYTES + Integer.BYTES;

    /** Before the oldest change that is kept, whichever that is. */
    static final FeedCursor START = new FeedCursor(-1);

    /** As it travels. */
    String text(UUID partner) {
        ByteBuffer bytes =
                ByteBuffer.allocate(BYTES).put(VERSION).putLong(number).putInt(check(partner, number));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The place in a text of a caller. Refuses with INVALID_FIELD what is not from this partner's feed. */
    static FeedCursor parse(UUID partner, String text) {
        if (text.isEmpty()) {
            return START;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.capacity() == BYTES && bytes.get() == VERSION) {
                long number = bytes.getLong();
                FeedCursor cursor = new FeedCursor(number);
                if (bytes.getInt() == check(partner, number)
                        && cursor.text(partner).equals(text)
                        && number >= 0) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // Falls through to the same refusal.
        }
        throw Refusal.invalid("cursor", "must be from an answer of this feed");
    }

    /** Against mistakes, not against forgers: whatever number it says, the feed is the caller's own. */
    private static int check(UUID partner, long number) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(partner.getMostSignificantBits())
                .putLong(partner.getLeastSignificantBits())
                .putLong(number)
                .flip());
        return (int) crc.getValue();
    }
}
