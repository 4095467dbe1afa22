package dev.onsale.runtime.inventory;

/**
 * A seat's byte in the status string of its event: {@code 48 + status * 4 + kind}, so printable. Between two runs of
 * seats that are not side by side stands one {@link #SEPARATOR}, whose ordinal no seat has.
 *
 * @param status where the seat is on its way
 * @param kind who it is made for
 */
public record SeatCode(SeatStatus status, SeatKind kind) {

    /** Ends a run of seats that are side by side. */
    public static final byte SEPARATOR = '-';

    private static final int FIRST = 48;
    private static final int KINDS = 4;

    /** The byte of a seat with this status and kind. */
    public static byte of(SeatStatus status, SeatKind kind) {
        return (byte) (FIRST + status.digit() * KINDS + kind.digit());
    }

    /** What a byte means; not for {@link #SEPARATOR}. */
    public static SeatCode parse(byte code) {
        return new SeatCode(statusOf(code), kindOf(code));
    }

    /** The status in a byte; not for {@link #SEPARATOR}. */
    public static SeatStatus statusOf(byte code) {
        return SeatStatus.ofDigit((code - FIRST) >> 2);
    }

    /** The kind in a byte; not for {@link #SEPARATOR}. */
    public static SeatKind kindOf(byte code) {
        return SeatKind.ofDigit((code - FIRST) & 3);
    }

    /** The byte of the same seat with another status. */
    public static byte withStatus(byte code, SeatStatus status) {
        return of(status, kindOf(code));
    }

    /** The byte. */
    public byte code() {
        return of(status, kind);
    }
}
