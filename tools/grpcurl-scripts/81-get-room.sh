#!/usr/bin/env bash
# WaitingRoomService.GetRoom: open to everyone.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load gated-event)\"}" | rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/GetRoom)"
echo "$answer"
expect "the published hash" "$(get .room.drawKeyHash <<<"$answer")" "$(load draw-key-hash)"
