#!/usr/bin/env bash
# SeatMapService.GetLayout: by its hash alone, over gRPC and as one compressed document over HTTP that caches keep for good.
. "$(dirname "$0")/lib.sh"
http="http://${ONSALE_QUERY_HTTP:-127.0.0.1:7080}"
hash="$(echo "{\"event_id\": \"$(load event)\"}" | rpc "$ONSALE_QUERY" onsale.query.v1.SeatMapService/GetSeatMap | get .layoutHash)"
answer="$(echo "{\"layout_hash\": \"$hash\"}" | rpc "$ONSALE_QUERY" onsale.query.v1.SeatMapService/GetLayout)"
expect "seats" "$(get '.layout.sections[0].seatCount' <<<"$answer")" 30
expect "hash" "$(get .layout.layoutHash <<<"$answer")" "$hash"
expect "seats over HTTP" "$(curl -sf --compressed "$http/v1/layouts/$hash" | get '.sections[0].seatCount')" 30
headers="$(curl -sfI -H 'accept-encoding: gzip' "$http/v1/layouts/$hash")"
grep -qi '^cache-control: .*immutable' <<<"$headers" || { echo "not immutable: $headers" >&2; exit 1; }
grep -qi '^content-encoding: gzip' <<<"$headers" || { echo "not compressed: $headers" >&2; exit 1; }
expect "whoever has it" "$(curl -s -o /dev/null -w '%{http_code}' -H 'accept-encoding: gzip' -H "if-none-match: \"$hash\"" \
  "$http/v1/layouts/$hash")" 304
echo '{"layout_hash": "00000000000000000000000000000000"}' |
  refused RESOURCE_NOT_FOUND "$ONSALE_QUERY" onsale.query.v1.SeatMapService/GetLayout
echo "layout $hash"
