#!/usr/bin/env bash
# HoldService.CreateHold: exact seats. The same request id again answers the same hold.
. "$(dirname "$0")/lib.sh"
request="{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"seats\": {\"seat_ids\": [\"A-2-4\", \"A-2-5\"]}}"
answer="$(rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan alice)" <<<"$request")"
echo "$answer"
expect "total" "$(get .hold.quote.total.units <<<"$answer")" 100
again="$(rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan alice)" <<<"$request")"
expect "the same hold" "$(get .hold.fence <<<"$again")" "$(get .hold.fence <<<"$answer")"
get .hold.holdId <<<"$answer" | save hold
get .hold.fence <<<"$answer" | save fence
get .hold.version <<<"$answer" | save version
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"seats\": {\"seat_ids\": [\"A-2-5\", \"A-2-6\"]}}" |
  refused SEAT_TAKEN "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan bob)"
