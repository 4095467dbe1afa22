#!/usr/bin/env bash
# CatalogAdminService.CloseSale: new holds are refused.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\"}" |
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/CloseSale "$(token operator olga)")"
echo "$answer"
expect "state" "$(get .event.state <<<"$answer")" EVENT_STATE_CLOSED
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"best_available\": {\"quantity\": 1}}" |
  refused NOT_ON_SALE "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan zoe)"
