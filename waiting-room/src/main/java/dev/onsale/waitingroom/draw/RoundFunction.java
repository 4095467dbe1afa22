package dev.onsale.waitingroom.draw;

import com.google.common.hash.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One round of the Feistel network: SipHash-2-4 of eight bytes, under the round's own key. Written out for this one
 * length, because a library's way through a hasher takes five times as long, and a line has 20 million places.
 *
 * @param key0 first half of the key
 * @param key1 second half of the key
 */
record RoundFunction(long key0, long key1) {

    private static final long LENGTH_BLOCK = 8L << 56;

    /** The round's key: the first 16 bytes of SHA-256 over the seed and the round's number in one byte. */
    static RoundFunction of(byte[] seed, int round) {
        var key = Hashing.sha256()
                .newHasher(seed.length + 1)
                .putBytes(seed)
                .putByte((byte) round)
                .hash()
                .asBytes();
        var words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        return new RoundFunction(words.getLong(), words.getLong());
    }

    /** SipHash-2-4 of a number in eight bytes, the lowest first. */
    long hash(long number) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        // Two rounds for the number, two for the length, four to finish.
        for (int step = 0; step < 8; step++) {
            v3 ^= step == 0 ? number : step == 2 ? LENGTH_BLOCK : 0;
            v2 ^= step == 4 ? 0xff : 0;
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32) + v3;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= step == 1 ? number : step == 3 ? LENGTH_BLOCK : 0;
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
