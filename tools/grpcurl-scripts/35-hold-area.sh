#!/usr/bin/env bash
# HoldService.CreateHold: general admission.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"area\": {\"area_id\": \"FLOOR\", \"quantity\": 2}}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan dave)")"
echo "$answer"
expect "total" "$(get .hold.quote.total.units <<<"$answer")" 50
get .hold.holdId <<<"$answer" | save daves-hold
get .hold.fence <<<"$answer" | save daves-fence
