#!/usr/bin/env bash
# HoldService.CreateHold: the best three seats side by side.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"best_available\": {\"quantity\": 3}}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan bob)")"
echo "$answer"
expect "row" "$(get '.hold.seats[2].row' <<<"$answer")" "$(get '.hold.seats[0].row' <<<"$answer")"
get .hold.holdId <<<"$answer" | save bobs-hold
