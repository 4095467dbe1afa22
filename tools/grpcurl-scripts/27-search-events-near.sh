#!/usr/bin/env bash
# CatalogQueryService.SearchEvents: near a point, at a price, in a series, with what is left; counted and with the words that matched.
. "$(dirname "$0")/lib.sh"
search() {
  rpc "$ONSALE_QUERY" onsale.query.v1.CatalogQueryService/SearchEvents <<JSON
{"query": "scripts", "near_latitude": 53.1, "near_longitude": 8.8, "within_km": 50, "order": "EVENT_ORDER_NEAREST",
 "currency": "EUR", "max_price": "25.00", "hide_sold_out": true, "series_id": "$(load series)",
 "with_facets": true, "with_highlights": true}
JSON
}
found() { [ "$(search | get '.events[0].eventId')" = "$(load event)" ]; }
eventually found
answer="$(search)"
echo "$answer"
expect "availability" "$(get '.hits[0].availability' <<<"$answer")" AVAILABILITY_STATE_AVAILABLE
expect "country" "$(get '.facets.countries.values[0].value' <<<"$answer")" DE
get '.hits[0].distanceKm' <<<"$answer" >/dev/null
echo '{"within_km": 5}' | refused INVALID_FIELD "$ONSALE_QUERY" onsale.query.v1.CatalogQueryService/SearchEvents
