package dev.onsale.waitingroom.draw;

/**
 * A permutation of 1 to {@code size} that a seed decides, computed one number at a time in both directions: a balanced
 * Feistel network over the smallest 2^(2k) numbers that hold the line, walked until the result is in the line again.
 * Whoever joined after the lobby stands where it joined: numbers above the size are mapped to themselves.
 *
 * <p>Immutable. Making one costs a few microseconds: keep it. The recipe is docs/waiting-room-draw.md, and can never
 * change: positions already published depend on it.
 */
public final class LinePermutation {

    /** Largest line: its 2k bits still fit a positive long. */
    private static final long MAX_SIZE = 1L << 62;

    private static final int LEAST_HALF_BITS = 4;
    private static final int ROUNDS = 12;

    private final RoundFunction[] rounds;
    private final long size;
    private final int halfBits;
    private final long mask;

    private LinePermutation(RoundFunction[] rounds, long size, int halfBits) {
        this.rounds = rounds;
        this.size = size;
        this.halfBits = halfBits;
        this.mask = (1L << halfBits) - 1;
    }

    /**
     * The permutation that a seed decides.
     *
     * @param seed any bytes; a draw's are 32
     * @param size how many numbers are permuted; 0: none
     */
    public static LinePermutation of(byte[] seed, long size) {
        if (size < 0 || size > MAX_SIZE) {
            throw new IllegalArgumentException("size: " + size + " (expected: 0 to " + MAX_SIZE + ")");
        }
        var rounds = new RoundFunction[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            rounds[round] = RoundFunction.of(seed, round);
        }
        return new LinePermutation(rounds, size, halfBits(size));
    }

    private static int halfBits(long size) {
        int bits = size <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(size - 1);
        return Math.max(LEAST_HALF_BITS, (bits + 1) / 2);
    }

    /** Where the entry stands. Both count from 1. */
    public long position(long entry) {
        if (outside(entry)) {
            return entry;
        }
        long number = entry - 1;
        do {
            number = forth(number);
        } while (number >= size);
        return number + 1;
    }

    /** Who stands at the position: the inverse of {@link #position}. */
    public long entry(long position) {
        if (outside(position)) {
            return position;
        }
        long number = position - 1;
        do {
            number = back(number);
        } while (number >= size);
        return number + 1;
    }

    /** How many numbers are permuted. */
    public long size() {
        return size;
    }

    private boolean outside(long number) {
        if (number < 1) {
            throw new IllegalArgumentException(number + " (entries and positions count from 1)");
        }
        return number > size;
    }

    private long forth(long number) {
        long left = number >>> halfBits;
        long right = number & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ scrambled(round, right);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }

    private long back(long number) {
        long left = number >>> halfBits;
        long right = number & mask;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            long previous = right ^ scrambled(round, left);
            right = left;
            left = previous;
        }
        return left << halfBits | right;
    }

    private long scrambled(int round, long half) {
        return rounds[round].hash(half) & mask;
    }
}
