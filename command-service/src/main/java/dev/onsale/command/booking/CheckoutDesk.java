package dev.onsale.command.booking;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.catalog.QuoteMaker;
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
    private final Payments payments;
    private final Saga<Checkout> saga;

    CheckoutDesk(
            SeatLedger ledger, EventCatalog catalog, BookingStore bookings, Payments payments, Saga<Checkout> saga) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.bookings = bookings;
        this.payments = payments;
        this.saga = saga;
    }

    /**
     * The booking of this request, made now or before.
     *
     * <p>Refuses with RESOURCE_NOT_FOUND, HOLD_EXPIRED, HOLD_NOT_ACTIVE, FENCE_STALE, NOT_ON_SALE, REQUEST_ID_REUSED,
     * PAYMENT_UNAVAILABLE (and lets the hold run on, within its hard maximum).
     */
    Future<BookingRow> checkOut(Buyer buyer, CreateBookingRequest request) {
        HoldId holdId = HoldId.parse(request.getHoldId()).orElseThrow(() -> Refusal.notFound("hold"));
        return catalog.event(holdId.eventId())
                .recover(CheckoutDesk::noSuchHold)
                .compose(event -> event.neverLoaded()
                        ? Refusal.notFound("hold").future()
                        : ledger.get(holdId).compose(hold -> checkOut(buyer, request, event, hold)));
    }

    /** An id of no event is an id of no hold. */
    private static <T> Future<T> noSuchHold(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.reason() == ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND
                ? Refusal.notFound("hold").future()
                : Future.failedFuture(failure);
    }

    /** An active hold is most likely new; any other may have been booked by this very request before. */
    private Future<BookingRow> checkOut(
            Buyer buyer, CreateBookingRequest request, EventDetail event, Optional<HoldRecord> hold) {
        String account = buyer.account();
        boolean active = hold.filter(each -> each.account().equals(account))
                .filter(HoldRecord::active)
                .isPresent();
        return active
                ? create(buyer, request, event, hold.orElseThrow())
                : first(account, request)
                        .compose(found -> found.isPresent()
                                ? bookings.read(found.get().bookingId())
                                : CheckoutDesk.<BookingRow>refuse(account, hold));
    }

    private Future<BookingRow> create(Buyer buyer, CreateBookingRequest request, EventDetail event, HoldRecord hold) {
        if (hold.fence() != request.getFence()) {
            return Refusal.of(ErrorReason.ERROR_REASON_FENCE_STALE, "The hold was changed since")
                    .future();
        }
        if (event.state() == EventState.EVENT_STATE_DRAFT || event.state() == EventState.EVENT_STATE_CANCELLED) {
            return Refusal.of(ErrorReason.ERROR_REASON_NOT_ON_SALE, "The event is not for sale any more")
                    .future();
        }
        return payments.away()
                .map(pause -> whileAway(buyer, request, hold, pause))
                .orElseGet(() -> makeBooking(buyer, request, hold));
    }

    /** Nobody can pay just now. What this request led to before stands, and what is free needs no provider. */
    private Future<BookingRow> whileAway(Buyer buyer, CreateBookingRequest request, HoldRecord hold, Duration pause) {
        return first(buyer.account(), request).compose(found -> {
            if (found.isPresent()) {
                return bookings.read(found.get().bookingId());
            }
            return isFree(hold).compose(free -> free ? makeBooking(buyer, request, hold) : putOff(hold, pause));
        });
    }

    private Future<Boolean> isFree(HoldRecord hold) {
        return catalog.event(hold.id().eventId(), hold.priceVersion())
                .map(event -> QuoteMaker.quote(
                        event,
                        hold.priceVersion(),
                        hold.places().ordinals(),
                        hold.places().areas()))
                .map(quote ->
                        quote.getTotal().getUnits() == 0 && quote.getTotal().getNanos() == 0);
    }

    private Future<BookingRow> putOff(HoldRecord hold, Duration pause) {
        return ledger.extend(hold.id(), hold.account(), null)
                .compose(extended -> extended.isEmpty()
                        ? Refusal.of(ErrorReason.ERROR_REASON_HOLD_NOT_ACTIVE, "The hold is not active any more")
                                .future()
                        : Refusal.of(
                                        ErrorReason.ERROR_REASON_PAYMENT_UNAVAILABLE,
                                        "The payment provider can't be reached, the seats stay held for now")
                                .with("hold_expire_time", extended.get().expires())
                                .retryAfter(pause)
                                .future());
    }

    private Future<BookingRow> makeBooking(Buyer buyer, CreateBookingRequest request, HoldRecord hold) {
        return bookings.create(booking(buyer, request, hold), saga)
                .recover(failure -> again(buyer.account(), request, failure));
    }

    private Future<BookingRow> again(String account, CreateBookingRequest request, Throwable failure) {
        if (!SqlState.is(failure, SqlState.UNIQUE_VIOLATION)) {
            return Future.failedFuture(failure);
        }
        return first(account, request)
                .compose(found ->
                        found.isPresent() ? bookings.read(found.get().bookingId()) : Future.failedFuture(failure));
    }

    /** The booking that this request led to before; makes none. Refuses with REQUEST_ID_REUSED. */
    Future<Optional<BookingRow>> repeated(String account, CreateBookingRequest request) {
        return first(account, request)
                .compose(found -> found.isPresent()
                        ? bookings.read(found.get().bookingId()).map(Optional::of)
                        : Future.succeededFuture(Optional.empty()));
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

    private static NewBooking booking(Buyer buyer, CreateBookingRequest request, HoldRecord hold) {
        Duration patience = Duration.between(hold.now(), hold.hardEnd());
        return new NewBooking(
                buyer,
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
                request.getAcceptEqualSeats(),
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
