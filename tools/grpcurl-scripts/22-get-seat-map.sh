#!/usr/bin/env bash
# SeatMapService.GetSeatMap
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load event)\"}" | rpc "$ONSALE_QUERY" onsale.query.v1.SeatMapService/GetSeatMap)"
echo "$answer"
expect "seats" "$(get '.sections[0].seatCount' <<<"$answer")" 30
