#!/usr/bin/env bash
# CatalogAdminService.CreateSeries
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/CreateSeries "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "name": "Evenings of scripts", "description": "One a month"}
JSON
)"
echo "$answer"
get .series.seriesId <<<"$answer" | save series
