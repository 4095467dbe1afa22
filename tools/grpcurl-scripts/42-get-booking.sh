#!/usr/bin/env bash
# BookingService.GetBooking
. "$(dirname "$0")/lib.sh"
read_booking() {
  echo "{\"booking_id\": \"$(load booking)\"}" |
    rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/GetBooking "$(token fan alice)"
}
issued() { [ "$(read_booking | get .booking.ticketsIssued)" = true ]; }
eventually issued
answer="$(read_booking)"
echo "$answer"
expect "status" "$(get .booking.status <<<"$answer")" BOOKING_STATUS_CONFIRMED
echo "{\"booking_id\": \"$(load booking)\"}" |
  refused RESOURCE_NOT_FOUND "$ONSALE_COMMAND" onsale.booking.v1.BookingService/GetBooking "$(token fan mallory)"
