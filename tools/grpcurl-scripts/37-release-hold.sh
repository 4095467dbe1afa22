#!/usr/bin/env bash
# HoldService.ReleaseHold
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"hold_id\": \"$(load bobs-hold)\"}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/ReleaseHold "$(token fan bob)")"
echo "$answer"
expect "state" "$(get .hold.state <<<"$answer")" HOLD_STATE_RELEASED
