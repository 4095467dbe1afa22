#!/usr/bin/env bash
# WaitingRoomAdminService.GetVisit: what became of wanda in the line.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load gated-event)\", \"account\": \"wanda\"}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/GetVisit "$(token support sam)")"
echo "$answer"
expect "entry" "$(get .place.entry <<<"$answer")" "$(load entry)"
get '.activities[0].method' <<<"$answer"
echo "{\"event_id\": \"$(load gated-event)\", \"account\": \"wanda\"}" |
  refused ROLE_REQUIRED "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/GetVisit "$(token fan walter)"
