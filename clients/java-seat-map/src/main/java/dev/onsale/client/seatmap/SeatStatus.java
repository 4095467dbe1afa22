package dev.onsale.client.seatmap;

/** What a seat is, as far as anybody may know. */
public enum SeatStatus {
    /** Free to hold. */
    AVAILABLE(0),
    /** Held by somebody. */
    HELD(1),
    /** Reserved or sold. */
    SOLD(2),
    /** Off sale. */
    BLOCKED(3);

    /** How many there are. */
    static final int NUMBER = 4;

    private static final SeatStatus[] BY_CODE = values();

    private final byte code;

    SeatStatus(int code) {
        this.code = (byte) code;
    }

    /**
     * Tells how it is packed.
     *
     * @return the 2 bits on the wire
     */
    public byte code() {
        return code;
    }

    static SeatStatus ofCode(int code) {
        return BY_CODE[code];
    }

    static SeatStatus of(dev.onsale.proto.inventory.v1.SeatStatus status) {
        return switch (status) {
            case SEAT_STATUS_AVAILABLE -> AVAILABLE;
            case SEAT_STATUS_HELD -> HELD;
            case SEAT_STATUS_RESERVED, SEAT_STATUS_SOLD -> SOLD;
            case SEAT_STATUS_BLOCKED, SEAT_STATUS_UNSPECIFIED, UNRECOGNIZED -> BLOCKED;
        };
    }
}
