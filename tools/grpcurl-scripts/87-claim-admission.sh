#!/usr/bin/env bash
# WaitingRoomService.ClaimAdmission, and a hold and a booking with it.
. "$(dirname "$0")/lib.sh"
fan="$(load admitted-fan)"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"place_ticket\": \"$(load admitted-ticket)\"}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/ClaimAdmission "$(token fan "$fan")")"
echo "$answer"
get .admissionToken <<<"$answer" | save admission
get .sessionId <<<"$answer" | save session
hold="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\", \"area\": {\"area_id\": \"FLOOR\", \"quantity\": 1}}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan "$fan")" "$(load admission)")"
echo "$hold"
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\", \"area\": {\"area_id\": \"FLOOR\", \"quantity\": 1}}" |
  refused ADMISSION_REQUIRED "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan mallory)" "$(load admission)"
