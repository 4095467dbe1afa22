#!/usr/bin/env bash
# CatalogAdminService.SetPrices
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/SetPrices "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "event_id": "$(load event)", "price_tiers": [
   {"code": "SEATED", "name": "Seated", "face": {"currency_code": "EUR", "units": "45"},
    "fee": {"currency_code": "EUR", "units": "5"}},
   {"code": "STANDING", "name": "Standing", "face": {"currency_code": "EUR", "units": "25"}}]}
JSON
)"
echo "$answer"
expect "price version" "$(get .event.priceVersion <<<"$answer")" 2
