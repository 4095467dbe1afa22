package dev.onsale.query.seatmap;

/** Statuses at 2 bits a place, lowest bits of a byte first: 0 available, 1 held, 2 reserved or sold, 3 blocked or no seat. */
public final class Packed {
    /** Blocked, or a place that is no seat. */
    public static final int BLOCKED = 3;

    private static final byte NO_SEAT = '-';
    private static final int FIRST_CODE = 48;
    private static final int[] CODE_OF_STATUS = {0, 1, 2, 2, 3};

    private Packed() {}

    /**
     * Reads a place.
     *
     * @param packed a section's statuses
     * @param place index of the place in the section
     * @return its 2 bits
     */
    public static int get(byte[] packed, int place) {
        return (packed[place >> 2] >> ((place & 3) << 1)) & 3;
    }

    /**
     * Writes a place.
     *
     * @param packed a section's statuses
     * @param place index of the place in the section
     * @param code its 2 bits
     */
    public static void set(byte[] packed, int place, int code) {
        int shift = (place & 3) << 1;
        packed[place >> 2] = (byte) ((packed[place >> 2] & ~(3 << shift)) | (code << shift));
    }

    /**
     * Translates a status of the write side.
     *
     * @param status 0 available, 1 held, 2 reserved, 3 sold, 4 blocked
     * @return its 2 bits
     */
    public static int ofStatus(int status) {
        return CODE_OF_STATUS[status];
    }

    /**
     * Packs a part of the write side's status string.
     *
     * @param seats one byte a place
     * @param first index of the first place
     * @param length how many places; places beyond the string are no seats
     * @return 2 bits a place
     */
    public static byte[] pack(byte[] seats, int first, int length) {
        byte[] packed = new byte[(length + 3) / 4];
        for (int place = 0; place < length; place++) {
            int index = first + place;
            set(packed, place, index < seats.length ? ofByte(seats[index]) : BLOCKED);
        }
        return packed;
    }

    /** Places that are no seats, all of them. */
    static byte[] blank(int length) {
        byte[] blank = new byte[(length + 3) / 4];
        for (int place = 0; place < length; place++) {
            set(blank, place, BLOCKED);
        }
        return blank;
    }

    /** Copies the first places into others. */
    static void copy(byte[] from, int length, byte[] to, int first) {
        for (int place = 0; place < length; place++) {
            set(to, first + place, get(from, place));
        }
    }

    /**
     * Counts the places by their 2 bits.
     *
     * @param packed a section's statuses
     * @param length how many places
     * @return four counts
     */
    public static int[] count(byte[] packed, int length) {
        int[] counts = new int[4];
        for (int place = 0; place < length; place++) {
            counts[get(packed, place)]++;
        }
        return counts;
    }

    private static int ofByte(byte seat) {
        return seat == NO_SEAT ? BLOCKED : CODE_OF_STATUS[(seat - FIRST_CODE) >> 2];
    }
}
