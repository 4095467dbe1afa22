#!/usr/bin/env bash
# PresaleAdminService.CreatePresale: of an event whose sale is opened and begins tomorrow.
. "$(dirname "$0")/lib.sh"
operator="$(token operator olga)"
event="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/CreateEvent "$operator" <<JSON | get .event.eventId
{"request_id": "$(new_id)", "name": "An evening for friends first", "seat_map_id": "$(load seat-map)",
 "event_time": "$(in_days 30)", "sale_start": "$(in_days 1)", "sale_end": "$(in_days 29)", "ticket_limit": 8,
 "price_tiers": [
   {"code": "SEATED", "name": "Seated", "face": {"currency_code": "EUR", "units": "40"}},
   {"code": "STANDING", "name": "Standing", "face": {"currency_code": "EUR", "units": "25"}}],
 "tier_assignments": [
   {"price_tier": "SEATED", "sections": ["A"]},
   {"price_tier": "STANDING", "areas": ["FLOOR"]}]}
JSON
)"
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$event\"}" |
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/OpenSale "$operator" >/dev/null
answer="$(rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleAdminService/CreatePresale "$operator" <<JSON
{"request_id": "$(new_id)", "event_id": "$event", "name": "Friends of the house", "access": "PRESALE_ACCESS_CODE",
 "start_time": "$(date -u -d "-1 minute" +%Y-%m-%dT%H:%M:%SZ)", "end_time": "$(date -u -d "+2 hours" +%Y-%m-%dT%H:%M:%SZ)",
 "price_tiers": ["SEATED"], "quota": 20, "fan_limit": 4}
JSON
)"
echo "$answer"
expect "number" "$(get .presale.number <<<"$answer")" 1
get .presale.presaleId <<<"$answer" | save presale
save presale-event <<<"$event"
