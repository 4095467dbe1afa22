#!/usr/bin/env bash
# BookingService.CancelBooking: another booking of two tickets, one of which is given back.
. "$(dirname "$0")/lib.sh"
hold="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"best_available\": {\"quantity\": 2}}" |
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
answer="$(echo "{\"request_id\": \"$(new_id)\", \"booking_id\": \"$booking\",
  \"ticket_ids\": [\"$(read_booking | get '.booking.items[0].ticketId')\"]}" |
  rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/CancelBooking "$(token fan erin)")"
echo "$answer"
refunded() { [ "$(read_booking | get .booking.refunded.units)" = "$(get .cancellation.refund.units <<<"$answer")" ]; }
eventually refunded
expect "status" "$(read_booking | get .booking.status)" BOOKING_STATUS_CONFIRMED
echo "$booking" | save erins-booking
