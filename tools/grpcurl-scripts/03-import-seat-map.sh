#!/usr/bin/env bash
# CatalogAdminService.ImportSeatMap: a client stream; the first message has the header, each one a chunk of the JSON.
. "$(dirname "$0")/lib.sh"
map='{"format":"onsale-seat-map/1","name":"Small hall",
  "sections":[{"code":"A","name":"Stalls","outline":[0,0,120,0,120,60,0,60],"rows":[
    {"code":"1","runs":[{"first_number":1,"count":10,"x":5,"y":5,"dx":6,"dy":0}],"accessible":[1],"companion":[2]},
    {"code":"2","runs":[{"first_number":1,"count":10,"x":5,"y":15,"dx":6,"dy":0}]},
    {"code":"3","runs":[{"first_number":1,"count":10,"x":5,"y":25,"dx":6,"dy":0}],"restricted_view":[10]}]}],
  "areas":[{"code":"FLOOR","name":"Floor","capacity":50,"outline":[0,70,120,70,120,120,0,120]}]}'
half=$((${#map} / 2))
first="$(printf %s "${map:0:half}" | base64 -w0)"
second="$(printf %s "${map:half}" | base64 -w0)"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/ImportSeatMap "$(token operator olga)" <<JSON
{"header": {"request_id": "$(new_id)", "venue_id": "$(load venue)", "name": "Small hall"}, "chunk": "$first"}
{"chunk": "$second"}
JSON
)"
echo "$answer"
expect "seats" "$(get .seatMap.seatCount <<<"$answer")" 30
get .seatMap.seatMapId <<<"$answer" | save seat-map
