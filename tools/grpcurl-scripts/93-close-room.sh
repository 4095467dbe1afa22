#!/usr/bin/env bash
# WaitingRoomAdminService.CloseRoom with the sale opened to everyone: no admission is needed any more.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\", \"last_word\": \"Come in, all of you.\", \"open_sale\": true}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/CloseRoom "$(token operator olga)")"
echo "$answer"
expect "state" "$(get .room.state <<<"$answer")" ROOM_STATE_CLOSED
hold() {
  echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\", \"area\": {\"area_id\": \"FLOOR\", \"quantity\": 1}}" |
    rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan wanda)"
}
eventually hold
