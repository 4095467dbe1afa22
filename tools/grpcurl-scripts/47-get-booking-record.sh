#!/usr/bin/env bash
# BookingSearchService.GetBookingRecord: one booking for support, masked unless a reason is given.
. "$(dirname "$0")/lib.sh"
record() {
  echo "{\"booking_id\": \"$(load booking)\", \"reveal_reason\": \"$1\"}" |
    rpc "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/GetBookingRecord "$(token support sam)"
}
expect "masked e-mail" "$(record "" | get .booking.email)" 'a***e@e***.com'
answer="$(record "the buyer is on the phone and can't find her mail")"
echo "$answer"
expect "e-mail" "$(get .booking.email <<<"$answer")" alice@example.com
echo "{\"booking_id\": \"$(load booking)\", \"reveal_reason\": \"why\"}" |
  refused INVALID_FIELD "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/GetBookingRecord "$(token support sam)"
