#!/usr/bin/env bash
# CatalogAdminService.CreateVenue
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/CreateVenue "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "name": "Town Hall", "address": "Market Square 1", "city": "Bremen", "country": "DE",
 "time_zone": "Europe/Berlin", "latitude": 53.08, "longitude": 8.81}
JSON
)"
echo "$answer"
get .venue.venueId <<<"$answer" | save venue
