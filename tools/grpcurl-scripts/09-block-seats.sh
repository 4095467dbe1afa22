#!/usr/bin/env bash
# CatalogAdminService.BlockSeats
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/BlockSeats "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "event_id": "$(load event)", "seat_ids": ["A-3-9", "A-3-10"], "reason": "kill"}
JSON
)"
echo "$answer"
expect "blocked" "$(get .blocked <<<"$answer")" 2
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"seats\": {\"seat_ids\": [\"A-3-9\"]}}" |
  refused SEAT_TAKEN "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan alice)"
