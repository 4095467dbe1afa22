#!/usr/bin/env bash
# HoldService.CreateHold before the general sale: with a presale code, and not without.
. "$(dirname "$0")/lib.sh"
hold() {
  echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load presale-event)\", \"presale_code\": \"$1\", \"best_available\": {\"quantity\": 2}}"
}
hold "" | refused PRESALE_ACCESS_REQUIRED "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan pat)"
answer="$(hold "$(load presale-code)" | rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan pat)")"
echo "$answer"
expect "state" "$(get .hold.state <<<"$answer")" HOLD_STATE_ACTIVE
hold "$(load presale-code)" | refused PRESALE_CODE_INVALID "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan quinn)"
