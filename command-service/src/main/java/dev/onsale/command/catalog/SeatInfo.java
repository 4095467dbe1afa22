package dev.onsale.command.catalog;

import dev.onsale.proto.inventory.v1.Seat;
import dev.onsale.proto.inventory.v1.SeatKind;

/**
 * One reserved seat of an event.
 *
 * @param ordinal its place in the packed statuses
 * @param section code of the section
 * @param row code of the row
 * @param number in the row
 * @param kind 0 standard, 1 accessible, 2 companion
 * @param restrictedView whether the view is restricted
 * @param tier its price tier
 */
public record SeatInfo(
        int ordinal, String section, String row, int number, int kind, boolean restrictedView, Tier tier) {

    /** {@code <section>-<row>-<number>}. */
    public String seatId() {
        return section + "-" + row + "-" + number;
    }

    /** The seat for the wire. */
    public Seat toProto() {
        return Seat.newBuilder()
                .setSeatId(seatId())
                .setSection(section)
                .setRow(row)
                .setNumber(number)
                .setOrdinal(ordinal)
                .setPriceTier(tier.code())
                .setKind(SeatKind.forNumber(kind + 1))
                .setRestrictedView(restrictedView)
                .build();
    }
}
