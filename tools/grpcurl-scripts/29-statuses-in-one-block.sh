#!/usr/bin/env bash
# SeatMapService.GetSeatStatuses with one_block: all places packed together, 2 bits each.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load event)\", \"one_block\": true}" |
  rpc "$ONSALE_QUERY" onsale.query.v1.SeatMapService/GetSeatStatuses)"
echo "$answer"
length="$(get .block.length <<<"$answer")"
bytes="$(get .block.packed <<<"$answer" | base64 -d | wc -c)"
expect "bytes of $length places" "$bytes" "$(((length + 3) / 4))"
get .layoutHash <<<"$answer" >/dev/null
