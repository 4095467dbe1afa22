#!/usr/bin/env bash
# CatalogAdminService.GetEvent
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load event)\"}" |
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/GetEvent "$(token operator olga)")"
echo "$answer"
expect "name" "$(get .event.name <<<"$answer")" "An evening of scripts"
