package dev.onsale.standalone.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Changes bytes for the worse. */
final class Bytes {

    private static final int MOST_DEEP = 3_000;

    private Bytes() {}

    /** One of: bits turned, a piece cut off, out, in or twice, bytes that mean something to protobuf. */
    static byte[] mutate(SplittableRandom random, byte[] bytes) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> flip(random, bytes);
            case 2 -> Arrays.copyOf(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length));
            case 3 -> splice(random, bytes, new byte[0], 4);
            case 4 -> splice(random, bytes, noise(random, 1 + random.nextInt(16)), 0);
            case 5 -> join(bytes, piece(random, bytes));
            case 6 -> join(bytes, unknown(random));
            case 7 -> join(bytes, nested(random));
            case 8 -> splice(random, bytes, hugeNumber(random), 1);
            default -> splice(random, bytes, new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, 3);
        };
    }

    static byte[] flip(SplittableRandom random, byte[] bytes) {
        byte[] flipped = bytes.clone();
        for (int i = 0; bytes.length > 0 && i <= random.nextInt(6); i++) {
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    /** With a piece put in instead of so many bytes, somewhere. */
    static byte[] splice(SplittableRandom random, byte[] bytes, byte[] piece, int instead) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        int rest = Math.min(bytes.length, at + instead);
        return join(Arrays.copyOf(bytes, at), piece, Arrays.copyOfRange(bytes, rest, bytes.length));
    }

    static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    static byte[] noise(SplittableRandom random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] piece(SplittableRandom random, byte[] bytes) {
        return random.nextBoolean() || bytes.length == 0
                ? bytes
                : Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
    }

    /** Fields that no message of ours has, of every wire type. */
    private static byte[] unknown(SplittableRandom random) {
        int tag = (500 + random.nextInt(500)) << 3 | random.nextInt(8);
        byte[] head = {(byte) ((tag & 0x7F) | 0x80), (byte) (tag >> 7)};
        return join(head, noise(random, random.nextInt(12)));
    }

    /** Groups, or messages, within one another: of a field that is there or not. */
    private static byte[] nested(SplittableRandom random) {
        int depth = 1 + random.nextInt(MOST_DEEP);
        int field = 1 + random.nextInt(15);
        byte[] nested = new byte[2 * depth];
        Arrays.fill(nested, 0, depth, (byte) (field << 3 | 3));
        Arrays.fill(nested, depth, 2 * depth, (byte) (field << 3 | 4));
        return nested;
    }

    private static byte[] hugeNumber(SplittableRandom random) {
        byte[] number = new byte[10 + random.nextInt(2)];
        Arrays.fill(number, (byte) 0xFF);
        number[number.length - 1] = (byte) random.nextInt(128);
        return number;
    }

    /** A gRPC frame. */
    static byte[] frame(int flag, long declared, byte[] payload) {
        byte[] head = {
            (byte) flag, (byte) (declared >> 24), (byte) (declared >> 16), (byte) (declared >> 8), (byte) declared
        };
        return join(head, payload);
    }

    static byte[] frame(byte[] payload) {
        return frame(0, payload.length, payload);
    }
}
