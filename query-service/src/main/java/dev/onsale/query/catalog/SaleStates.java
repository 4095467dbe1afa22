package dev.onsale.query.catalog;

import dev.onsale.proto.query.v1.AvailabilityState;

/** Says in one word whether there are tickets. */
public final class SaleStates {
    private SaleStates() {}

    /**
     * Tells the state.
     *
     * @param event the event
     * @param left how much is left of it
     * @param atMillis when
     * @return never unspecified
     */
    public static AvailabilityState of(EventDocument event, Left left, long atMillis) {
        if (!onSale(event, atMillis)) {
            return AvailabilityState.AVAILABILITY_STATE_NOT_ON_SALE;
        }
        return switch (left) {
            case ENOUGH -> AvailabilityState.AVAILABILITY_STATE_AVAILABLE;
            case FEW -> AvailabilityState.AVAILABILITY_STATE_FEW_LEFT;
            case NOTHING -> AvailabilityState.AVAILABILITY_STATE_SOLD_OUT;
        };
    }

    /**
     * Tells the state of an event by what its document says is left.
     *
     * @param event the event
     * @param atMillis when
     * @return never unspecified
     */
    static AvailabilityState of(EventDocument event, long atMillis) {
        for (Left left : Left.values()) {
            if (left.word().equals(event.left())) {
                return of(event, left, atMillis);
            }
        }
        return of(event, Left.ENOUGH, atMillis);
    }

    private static boolean onSale(EventDocument event, long atMillis) {
        return (event.status().equals("on_sale") || event.status().equals("sold_out"))
                && event.saleStart() <= atMillis
                && atMillis < event.saleEnd();
    }
}
