#!/usr/bin/env bash
# HoldService.SwapHold: other seats in one step.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"hold_id\": \"$(load bobs-hold)\", \"seats\": {\"seat_ids\": [\"A-3-1\", \"A-3-2\"]}}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/SwapHold "$(token fan bob)")"
echo "$answer"
expect "seat" "$(get '.hold.seats[0].seatId' <<<"$answer")" A-3-1
