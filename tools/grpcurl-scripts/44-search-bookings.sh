#!/usr/bin/env bash
# BookingSearchService.SearchBookings, as support: by a part of the reference, e-mail, phone, account, name, seat, event,
# amount, date, payment, and by whatever is at hand. What comes is masked.
. "$(dirname "$0")/lib.sh"
search() { rpc "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/SearchBookings "$(token support sam)"; }
by() { echo "$1" | search | grep -q "$(load booking)"; }
event="\"event_id\": \"$(load event)\""
eventually by "{\"reference\": \"$(load reference | cut -c1-6)\", $event}"
eventually by "{\"reference\": \"$(load reference | cut -c3-7)\", $event}"
eventually by "{\"email\": \"ALICE@example.com\", $event}"
eventually by "{\"phone\": \"0421 123456\", $event}"
eventually by "{\"account\": \"alice\", $event}"
eventually by "{\"name\": \"alise exampel\", $event}"
eventually by "{\"status\": \"BOOKING_STATUS_CONFIRMED\", $event}"
eventually by "{\"statuses\": [\"BOOKING_STATUS_CONFIRMED\"], \"from_time\": \"$(in_days -1)\", \"to_time\": \"$(in_days 1)\", $event}"
eventually by "{\"amount_from\": {\"currency_code\": \"EUR\", \"units\": 1}, \"query\": \"alice@example.com\", $event}"
eventually by "{\"query\": \"$(load reference)\"}"
found="$(echo "{\"query\": \"$(load reference)\"}" | search)"
get '.bookings[0].places[0]' <<<"$found" | save booked-seat
eventually by "{\"payment_id\": \"$(get '.bookings[0].paymentId' <<<"$found")\"}"
IFS=- read -r section row number <"$ONSALE_STATE/booked-seat"
eventually by "{\"seat\": \"section $section row $row seat $number\", $event}"
expect "masked e-mail" "$(get '.bookings[0].email' <<<"$found")" 'a***e@e***.com'
expect "masked phone" "$(get '.bookings[0].phone' <<<"$found")" '***456'
echo "found by everything that support may know, masked"
echo '{"query": "*"}' | refused INVALID_FIELD "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/SearchBookings "$(token support sam)"
echo '{}' | refused ROLE_REQUIRED "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/SearchBookings "$(token fan alice)"
