#!/usr/bin/env bash
# WaitingRoomAdminService.OpenRoom: ends the lobby before its time, draws it, and the line moves.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\"}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/OpenRoom "$(token operator olga)")"
echo "$answer"
expect "state" "$(get .room.state <<<"$answer")" ROOM_STATE_OPEN
expect "lobby" "$(get .room.draw.lobbySize <<<"$answer")" 3
