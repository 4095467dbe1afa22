#!/usr/bin/env bash
# WaitingRoomAdminService.GetRoomStatistics and ListRooms
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load gated-event)\"}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/GetRoomStatistics "$(token support sam)")"
echo "$answer"
expect "joined" "$(get .statistics.joined <<<"$answer")" 3
expect "admitted" "$(get .statistics.admitted <<<"$answer")" 1
echo '{}' | rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/ListRooms "$(token support sam)" |
  grep -q "$(load gated-event)"
