#!/usr/bin/env bash
# BookingService.WatchBooking: ends when the tickets are there.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"booking_id\": \"$(load booking)\"}" |
  rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/WatchBooking "$(token fan alice)")"
echo "$answer"
grep -q BOOKING_STATUS_CONFIRMED <<<"$answer" || { echo "not confirmed" >&2; exit 1; }
