#!/usr/bin/env bash
# CatalogAdminService.ListEvents
. "$(dirname "$0")/lib.sh"
answer="$(echo '{"page_size": 5}' |
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/ListEvents "$(token operator olga)")"
get .events <<<"$answer" >/dev/null
case "$answer" in *"$(load event)"*) echo "the event is listed" ;; *) echo "not listed: $answer" >&2; exit 1 ;; esac
