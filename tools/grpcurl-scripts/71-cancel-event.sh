#!/usr/bin/env bash
# CatalogAdminService.CancelEvent
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"reason\": \"the band is ill\"}" |
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/CancelEvent "$(token operator olga)")"
echo "$answer"
expect "state" "$(get .event.state <<<"$answer")" EVENT_STATE_CANCELLED
