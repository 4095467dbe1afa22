#!/usr/bin/env bash
# The venue as a picture, over HTTP: coloured by what is free for an event, plain for a layout.
. "$(dirname "$0")/lib.sh"
http="http://${ONSALE_QUERY_HTTP:-127.0.0.1:7080}"
event="$(load event)"
svg="$(curl -sf "$http/v1/events/$event/venue.svg")"
case "$svg" in
  *'<svg'*'<polygon'*'plenty free'*) ;;
  *) echo "no picture: ${svg:0:300}" >&2 && exit 1 ;;
esac
png="$ONSALE_STATE/venue.png"
tag="$(curl -sf -D - -o "$png" "$http/v1/events/$event/venue.png" | tr -d '\r' | sed -n 's/^etag: //Ip')"
expect "a PNG" "$(head -c 4 "$png" | tail -c 3)" PNG
expect "the same picture again" "$(curl -s -o /dev/null -w '%{http_code}' -H "if-none-match: $tag" \
  "$http/v1/events/$event/venue.png")" 304
hash="$(echo "{\"event_id\": \"$event\"}" | rpc "$ONSALE_QUERY" onsale.query.v1.SeatMapService/GetSeatMap | get .layoutHash)"
curl -sfI "$http/v1/layouts/$hash/venue.svg" | grep -qi '^cache-control: .*immutable'
echo "pictures of $(wc -c <"$png") bytes (PNG) and ${#svg} (SVG)"
