#!/usr/bin/env bash
# CatalogAdminService.CreateEvent
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/CreateEvent "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "name": "An evening of scripts", "seat_map_id": "$(load seat-map)",
 "event_time": "$(in_days 30)", "sale_start": "$(in_days 1)", "sale_end": "$(in_days 29)", "ticket_limit": 8,
 "price_tiers": [
   {"code": "SEATED", "name": "Seated", "face": {"currency_code": "EUR", "units": "40"},
    "fee": {"currency_code": "EUR", "units": "4"}, "tax": {"currency_code": "EUR", "units": "3", "nanos": 80000000}},
   {"code": "STANDING", "name": "Standing", "face": {"currency_code": "EUR", "units": "25"}}],
 "tier_assignments": [
   {"price_tier": "SEATED", "sections": ["A"]},
   {"price_tier": "STANDING", "areas": ["FLOOR"]}]}
JSON
)"
echo "$answer"
expect "state" "$(get .event.state <<<"$answer")" EVENT_STATE_DRAFT
expect "capacity" "$(get .event.capacity <<<"$answer")" 80
get .event.eventId <<<"$answer" | save event
