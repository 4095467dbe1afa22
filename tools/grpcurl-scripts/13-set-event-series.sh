#!/usr/bin/env bash
# CatalogAdminService.SetEventSeries
. "$(dirname "$0")/lib.sh"
set_series() {
  echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"series_id\": \"$1\"}"
}
answer="$(set_series "$(load series)" |
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/SetEventSeries "$(token operator olga)")"
echo "$answer"
expect "series" "$(get .event.seriesId <<<"$answer")" "$(load series)"
set_series 00000000-0000-0000-0000-000000000000 |
  refused RESOURCE_NOT_FOUND "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/SetEventSeries "$(token operator olga)"
