#!/usr/bin/env bash
# CatalogAdminService.UnblockSeats
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/UnblockSeats "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "event_id": "$(load event)", "seat_ids": ["A-3-9"]}
JSON
)"
echo "$answer"
expect "unblocked" "$(get .unblocked <<<"$answer")" 1
