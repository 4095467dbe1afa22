#!/usr/bin/env bash
# PartnerFeedService.ListChanges: what became of a booking the partner made.
. "$(dirname "$0")/lib.sh"
bearer="$(partner_token api-key)"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/CreateEvent "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "name": "An evening sold by partners", "seat_map_id": "$(load seat-map)",
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
echo "$event" | save partner-event
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$event\", \"start_now\": true}" |
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/OpenSale "$(token operator olga)" >/dev/null
hold="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$event\", \"best_available\": {\"quantity\": 2}}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$bearer")"
booking="$(rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/CreateBooking "$bearer" <<JSON | get .booking.bookingId
{"request_id": "$(new_id)", "hold_id": "$(get .hold.holdId <<<"$hold")", "fence": "$(get .hold.fence <<<"$hold")",
 "payment_token": "tok_approve", "contact": {"name": "Paula Example", "email": "paula@example.com"}}
JSON
)"
echo "$booking" | save partner-booking
changes() { echo '{"limit": 100}' | rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerFeedService/ListChanges "$bearer"; }
issued() { changes | grep -q PARTNER_CHANGE_KIND_TICKETS_ISSUED; }
eventually issued
answer="$(changes)"
get '.changes[2]' <<<"$answer"
expect "first" "$(get '.changes[0].change.kind' <<<"$answer")" PARTNER_CHANGE_KIND_BOOKING_CREATED
expect "second" "$(get '.changes[1].change.kind' <<<"$answer")" PARTNER_CHANGE_KIND_BOOKING_CONFIRMED
expect "booking" "$(get '.changes[1].change.bookingId' <<<"$answer")" "$booking"
get .nextCursor <<<"$(echo '{"limit": 2}' | rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerFeedService/ListChanges "$bearer")" |
  save partner-cursor
