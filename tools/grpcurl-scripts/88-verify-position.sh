#!/usr/bin/env bash
# WaitingRoomService.VerifyPosition, and the same computed here from the published record.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load gated-event)\", \"entry\": \"$(load entry)\"}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/VerifyPosition)"
echo "$answer"
expect "the published hash" "$(get .draw.drawKeyHash <<<"$answer")" "$(load draw-key-hash)"
computed="$("$root/onsale" verify-draw --record - --entry "$(load entry)" <<<"$answer")"
echo "$computed"
expect "position" "$(awk 'END { print $NF }' <<<"$computed")" "$(get .position <<<"$answer")"
