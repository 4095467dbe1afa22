#!/usr/bin/env bash
# BookingService.CreateBooking with a card that is declined: the seats are free again at once.
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/CreateBooking "$(token fan dave)" <<JSON
{"request_id": "$(new_id)", "hold_id": "$(load daves-hold)", "fence": "$(load daves-fence)",
 "payment_token": "tok_decline_insufficient_funds", "contact": {"name": "Dave Example", "email": "dave@example.com"}}
JSON
)"
booking="$(get .booking.bookingId <<<"$answer")"
answer="$(echo "{\"booking_id\": \"$booking\"}" |
  rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/WatchBooking "$(token fan dave)")"
echo "$answer"
grep -q PAYMENT_DECLINED <<<"$answer" || { echo "not declined" >&2; exit 1; }
