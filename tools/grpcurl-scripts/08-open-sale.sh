#!/usr/bin/env bash
# CatalogAdminService.OpenSale
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"start_now\": true}" |
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/OpenSale "$(token operator olga)")"
echo "$answer"
expect "state" "$(get .event.state <<<"$answer")" EVENT_STATE_ON_SALE
