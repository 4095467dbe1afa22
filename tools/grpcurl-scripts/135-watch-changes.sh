#!/usr/bin/env bash
# PartnerFeedService.WatchChanges: goes on behind a cursor.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"cursor\": \"$(load partner-cursor)\"}" |
  RPC_SECONDS=3 rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerFeedService/WatchChanges "$(partner_token api-key)" 2>/dev/null || true)"
grep -q PARTNER_CHANGE_KIND_TICKETS_ISSUED <<<"$answer" || { echo "not followed: $answer" >&2; exit 1; }
if grep -q PARTNER_CHANGE_KIND_BOOKING_CREATED <<<"$answer"; then
  echo "began before the cursor: $answer" >&2
  exit 1
fi
grep -m 1 -B 3 -A 10 PARTNER_CHANGE_KIND_TICKETS_ISSUED <<<"$answer"
