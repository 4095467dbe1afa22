#!/usr/bin/env bash
# BookingSearchService.ExportBookings: all bookings of the event, and again from behind the last one.
. "$(dirname "$0")/lib.sh"
export_from() {
  echo "{\"search\": {\"event_id\": \"$(load event)\"}, \"resume_token\": \"$1\"}" |
    rpc "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/ExportBookings "$(token operator olga)"
}
answer="$(export_from "")"
echo "$answer"
grep -q "$(load booking)" <<<"$answer"
rest="$(export_from "$(get .resumeToken <<<"$answer")")"
if grep -q "$(load booking)" <<<"$rest"; then
  echo "a resumed export began again" >&2
  exit 1
fi
echo '{}' | refused ROLE_REQUIRED "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/ExportBookings "$(token fan alice)"
