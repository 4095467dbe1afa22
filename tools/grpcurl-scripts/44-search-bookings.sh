#!/usr/bin/env bash
# BookingSearchService.SearchBookings, as support: by the beginning of the reference, by e-mail, by name.
. "$(dirname "$0")/lib.sh"
by() {
  echo "$1" | rpc "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/SearchBookings "$(token support sam)" |
    grep -q "$(load booking)"
}
event="\"event_id\": \"$(load event)\""
eventually by "{\"reference\": \"$(load reference | cut -c1-6)\", $event}"
eventually by "{\"email\": \"ALICE@example.com\", $event}"
eventually by "{\"name\": \"alise exampel\", $event}"
eventually by "{\"status\": \"BOOKING_STATUS_CONFIRMED\", $event}"
echo "found by reference, e-mail, name and status"
echo '{}' | refused ROLE_REQUIRED "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/SearchBookings "$(token fan alice)"
