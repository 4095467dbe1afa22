#!/usr/bin/env bash
# WaitingRoomAdminService.ConfigureRoom: before a new sale, so that the one of the scripts before goes on as it is.
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/CreateEvent "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "name": "An evening behind a waiting room", "seat_map_id": "$(load seat-map)",
 "event_time": "$(in_days 30)", "sale_start": "$(in_days 1)", "sale_end": "$(in_days 29)", "ticket_limit": 8,
 "price_tiers": [
   {"code": "SEATED", "name": "Seated", "face": {"currency_code": "EUR", "units": "40"}},
   {"code": "STANDING", "name": "Standing", "face": {"currency_code": "EUR", "units": "25"}}],
 "tier_assignments": [
   {"price_tier": "SEATED", "sections": ["A"]},
   {"price_tier": "STANDING", "areas": ["FLOOR"]}]}
JSON
)"
event="$(get .event.eventId <<<"$answer")"
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$event\", \"start_now\": true}" |
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/OpenSale "$(token operator olga)" >/dev/null
answer="$(rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/ConfigureRoom "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "event_id": "$event",
 "settings": {"open_time": "$(in_days 1)", "drain_rate": 10, "max_active": 2, "claim_window": "60s", "session_length": "120s"}}
JSON
)"
echo "$answer"
expect "state" "$(get .room.state <<<"$answer")" ROOM_STATE_LOBBY
expect "challenge" "$(get .room.settings.challenge <<<"$answer")" CHALLENGE_KIND_PROOF_OF_WORK
get .room.drawKeyHash <<<"$answer" | save draw-key-hash
echo "$event" | save gated-event
# From now on nobody gets in without an admission.
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$event\", \"area\": {\"area_id\": \"FLOOR\", \"quantity\": 1}}" |
  refused ADMISSION_REQUIRED "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan wanda)"
