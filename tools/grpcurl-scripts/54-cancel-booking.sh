#!/usr/bin/env bash
# BookingService.CancelBooking: another booking, bought and given back.
. "$(dirname "$0")/lib.sh"
hold="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"best_available\": {\"quantity\": 1}}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan erin)")"
booking="$(rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/CreateBooking "$(token fan erin)" <<JSON | get .booking.bookingId
{"request_id": "$(new_id)", "hold_id": "$(get .hold.holdId <<<"$hold")", "fence": "$(get .hold.fence <<<"$hold")",
 "payment_token": "tok_approve", "contact": {"name": "Erin Example", "email": "erin@example.com"}}
JSON
)"
read_booking() {
  echo "{\"booking_id\": \"$booking\"}" |
    rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/GetBooking "$(token fan erin)"
}
issued() { [ "$(read_booking | get .booking.ticketsIssued)" = true ]; }
eventually issued
echo "{\"request_id\": \"$(new_id)\", \"booking_id\": \"$booking\"}" |
  rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/CancelBooking "$(token fan erin)"
refunded() { [ "$(read_booking | get .booking.refunded.units)" = "$(read_booking | get .booking.total.units)" ]; }
eventually refunded
read_booking
