#!/usr/bin/env bash
# SeatMapService.GetSeatStatuses, with min_version: what we just held is seen as held.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load event)\", \"min_version\": \"$(load version)\"}" |
  rpc "$ONSALE_QUERY" onsale.query.v1.SeatMapService/GetSeatStatuses)"
echo "$answer"
get '.sections[0].packed' <<<"$answer" >/dev/null
shown="$(get .asOf.version <<<"$answer")"
[ "$shown" -ge "$(load version)" ] || { echo "shows $shown, wanted at least $(load version)" >&2; exit 1; }
