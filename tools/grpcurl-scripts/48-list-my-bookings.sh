#!/usr/bin/env bash
# BookingSearchService.ListMyBookings: a fan's own bookings, and nobody else's.
. "$(dirname "$0")/lib.sh"
mine() {
  echo "{\"event_id\": \"$(load event)\", \"statuses\": [\"BOOKING_STATUS_CONFIRMED\"]}" |
    rpc "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/ListMyBookings "$(token fan "$1")"
}
answer="$(mine alice)"
echo "$answer"
grep -q "$(load booking)" <<<"$answer"
expect "her own e-mail" "$(get '.bookings[0].email' <<<"$answer")" alice@example.com
if mine mallory | grep -q "$(load booking)"; then
  echo "mallory sees alice's booking" >&2
  exit 1
fi
echo '{}' | refused ROLE_REQUIRED "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/ListMyBookings "$(token support sam)"
