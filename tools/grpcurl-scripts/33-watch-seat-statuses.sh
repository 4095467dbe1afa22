#!/usr/bin/env bash
# SeatMapService.WatchSeatStatuses: the snapshot, then what changes while somebody holds and releases.
. "$(dirname "$0")/lib.sh"
out="$ONSALE_STATE/watch.json"
watch() {
  echo "{\"event_id\": \"$(load event)\"}" | RPC_SECONDS=8 rpc "$ONSALE_QUERY" onsale.query.v1.SeatMapService/WatchSeatStatuses
}
(watch >"$out" 2>/dev/null || true) & # It ends by its time.
watcher=$!
sleep 1.5
hold="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"seats\": {\"seat_ids\": [\"A-2-8\"]}}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan carol)" | get .hold.holdId)"
echo "{\"request_id\": \"$(new_id)\", \"hold_id\": \"$hold\"}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/ReleaseHold "$(token fan carol)" >/dev/null
wait "$watcher"
grep -q '"snapshot"' "$out" || { echo "no snapshot came" >&2; exit 1; }
grep -q '"delta"' "$out" || { echo "no delta came" >&2; exit 1; }
echo "a snapshot and deltas came"
