#!/usr/bin/env bash
# WaitingRoomService.LeaveRoom and ReenterRoom: who has left can't come back.
. "$(dirname "$0")/lib.sh"
waiting() { for fan in wanda walter wilma; do [ "$fan" = "$(load admitted-fan)" ] || echo "$fan"; done | sed -n 1p; }
fan="$(waiting)"
ticket="$(load "place-ticket$([ "$fan" = wanda ] || echo "-$fan")")"
echo "{\"request_id\": \"$(new_id)\", \"place_ticket\": \"$ticket\"}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/LeaveRoom "$(token fan "$fan")"
echo "{\"request_id\": \"$(new_id)\", \"place_ticket\": \"$ticket\"}" |
  refused TURN_USED "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/ReenterRoom "$(token fan "$fan")"
