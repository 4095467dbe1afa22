package dev.onsale.command.booking;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.HoldRecord;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.command.saga.Saga;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.SqlState;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;

/** Turns a hold into a pending booking, once. Expected "no"s are {@link Refusal}s. */
final class CheckoutDesk {
    private final SeatLedger ledger;
    private final EventCatalog catalog;
    private final BookingStore bookings;
    private final Saga<Checkout> saga;

    CheckoutDesk(SeatLedger ledger, EventCatalog catalog, BookingStore bookings, Saga<Checkout> saga) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.bookings = bookings;
        this.saga = saga;
    }

    /**
     * The booking of this request, made now or before.
     *
     * <p>Refuses with RESOURCE_NOT_FOUND, HOLD_EXPIRED, HOLD_NOT_ACTIVE, FENCE_STALE, NOT_ON_SALE, REQUEST_ID_REUSED.
     */
    Future<BookingRow> checkOut(String account, CreateBookingRequest request) {
        HoldId holdId = HoldId.parse(request.getHoldId()).orElseThrow(() -> Refusal.notFound("hold"));
        return catalog.event(holdId.eventId())
                .compose(event -> ledger.get(holdId).compose(hold -> checkOut(account, request, event, hold)));
    }

    /** An active hold is most likely new; any other may have been booked by this very request before. */
    private Future<BookingRow> checkOut(
            String account, CreateBookingRequest request, EventDetail event, Optional<HoldRecord> hold) {
        boolean active = hold.filter(each -> each.account().equals(account))
                .filter(HoldRecord::active)
                .isPresent();
        return active
                ? create(account, request, event, hold.orElseThrow())
                : first(account, request)
                        .compose(found -> found.isPresent()
                                ? bookings.read(found.get().bookingId())
                                : CheckoutDesk.<BookingRow>refuse(account, hold));
    }

    private Future<BookingRow> create(
            String account, CreateBookingRequest request, EventDetail event, HoldRecord hold) {
        if (hold.fence() != request.getFence()) {
            return Refusal.of(ErrorReason.ERROR_REASON_FENCE_STALE, "The hold was changed since")
                    .future();
        }
        if (event.state() == EventState.EVENT_STATE_DRAFT || event.state() == EventState.EVENT_STATE_CANCELLED) {
            return Refusal.of(ErrorReason.ERROR_REASON_NOT_ON_SALE, "The event is not for sale any more")
                    .future();
        }
        return bookings.create(booking(account, request, hold), saga)
                .recover(failure -> again(account, request, failure));
    }

    private Future<BookingRow> again(String account, CreateBookingRequest request, Throwable failure) {
        if (!SqlState.is(failure, SqlState.UNIQUE_VIOLATION)) {
            return Future.failedFuture(failure);
        }
        return first(account, request)
                .compose(found ->
                        found.isPresent() ? bookings.read(found.get().bookingId()) : Future.failedFuture(failure));
    }

    private Future<Optional<BookingStore.First>> first(String account, CreateBookingRequest request) {
        return bookings.findFirst(account, request.getRequestId(), request.getHoldId())
                .map(found -> {
                    if (found.filter(first ->
                                    first.sameRequest() && !first.requestHash().equals(hash(request)))
                            .isPresent()) {
                        throw Refusal.of(
                                ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
                                "The request_id came with another request before");
                    }
                    return found;
                });
    }

    private static <T> Future<T> refuse(String account, Optional<HoldRecord> hold) {
        if (hold.isEmpty() || !hold.get().account().equals(account)) {
            return Refusal.notFound("hold").future();
        }
        return switch (hold.get().state()) {
            case EXPIRED ->
                Refusal.of(ErrorReason.ERROR_REASON_HOLD_EXPIRED, "The hold ran out")
                        .future();
            case ACTIVE, CLAIMED, RESERVED, SOLD, RELEASED, FREED ->
                Refusal.of(ErrorReason.ERROR_REASON_HOLD_NOT_ACTIVE, "The hold is not active any more")
                        .future();
        };
    }

    private static NewBooking booking(String account, CreateBookingRequest request, HoldRecord hold) {
        Duration patience = Duration.between(hold.now(), hold.hardEnd());
        return new NewBooking(
                account,
                request.getRequestId(),
                hash(request),
                hold.id().eventId(),
                hold.id().value(),
                hold.fence(),
                hold.priceVersion(),
                hold.places().ordinals(),
                hold.places().areas(),
                request.getPaymentToken(),
                request.getContact(),
                patience);
    }

    private static Buffer hash(CreateBookingRequest request) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(request.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
