#!/usr/bin/env bash
# WaitingRoomAdminService.RevokeAdmissions: the session's token is worth nothing from now on.
. "$(dirname "$0")/lib.sh"
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\", \"session_id\": \"$(load session)\", \"cause\": \"a script\"}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/RevokeAdmissions "$(token operator olga)"
fan="$(load admitted-fan)"
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\", \"area\": {\"area_id\": \"FLOOR\", \"quantity\": 1}}" |
  refused ADMISSION_REQUIRED "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan "$fan")" "$(load admission)"
