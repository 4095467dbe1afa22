#!/usr/bin/env bash
# WaitingRoomAdminService.SetDrain, PauseRoom and ResumeRoom
. "$(dirname "$0")/lib.sh"
admin() { # METHOD MORE
  echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\"${2:-}}" |
    rpc "$ONSALE_WAITING_ROOM" "onsale.waitingroom.v1.WaitingRoomAdminService/$1" "$(token operator olga)"
}
expect "rate" "$(admin SetDrain ', "drain_rate": 20, "max_active": 2' | get .room.settings.drainRate)" 20
expect "paused" "$(admin PauseRoom | get .room.state)" ROOM_STATE_PAUSED
expect "resumed" "$(admin ResumeRoom | get .room.state)" ROOM_STATE_OPEN
