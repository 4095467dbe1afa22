#!/usr/bin/env bash
# BookingService.CreateBooking: answers at once, PENDING.
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/CreateBooking "$(token fan alice)" <<JSON
{"request_id": "$(new_id)", "hold_id": "$(load hold)", "fence": "$(load fence)", "payment_token": "tok_approve", "accept_equal_seats": true,
 "contact": {"name": "Alice Example", "email": "alice@example.com", "phone": "+49 421 123456"}}
JSON
)"
echo "$answer"
get .booking.bookingId <<<"$answer" | save booking
get .booking.reference <<<"$answer" | save reference
