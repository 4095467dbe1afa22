#!/usr/bin/env bash
# BookingTimelineService.GetBookingTimeline: the story of alice's booking across services, and how somebody got into a gated sale.
. "$(dirname "$0")/lib.sh"
story() { # SUBJECT
  echo "$1" | rpc "$ONSALE_QUERY" onsale.query.v1.BookingTimelineService/GetBookingTimeline "$(token support sam)"
}
answer="$(story "{\"booking_id\": \"$(load booking)\"}")"
echo "$answer"
for what in HoldService/CreateHold BookingService/CreateBooking booking-made payment-authorize payment-capture booking-confirmed \
  ticket-issued; do
  grep -q "\"what\": \"$what\"" <<<"$answer" || { echo "the story lacks $what" >&2; exit 1; }
done
! grep -q '"missing"' <<<"$answer" || { echo "a service could not be asked" >&2; exit 1; }
! grep -q 'alice@example.com\|Alice Example' <<<"$answer" || { echo "the story tells more than it should" >&2; exit 1; }
answer="$(story "{\"account\": \"$(load admitted-fan)\", \"event_id\": \"$(load gated-event)\"}")"
echo "$answer"
get .place.position <<<"$answer"
grep -q '"what": "WaitingRoomService/ClaimAdmission"' <<<"$answer"
echo "{\"booking_id\": \"$(load booking)\"}" |
  refused ROLE_REQUIRED "$ONSALE_QUERY" onsale.query.v1.BookingTimelineService/GetBookingTimeline "$(token fan alice)"
