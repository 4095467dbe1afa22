#!/usr/bin/env bash
# The seat map client in TypeScript. `test` builds it and runs its own tests; `live` follows the demo event of a running
# system with it, while seats are held and released and the stream is cut.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../.." && pwd)"
home="$root/clients/ts-seat-map"
[ -d "$home/node_modules/typescript" ] || (cd "$home" && npm ci --silent --no-audit --no-fund >/dev/null)
case "${1:-}" in
  test)
    cd "$home"
    npm test --silent
    ;;
  live)
    "$root/tools/proto-imports.sh"
    (cd "$home" && npm run build --silent)
    token="$("$root/onsale" token --role fan --sub "watcher-$RANDOM" ${ONSALE_DATA:+--data "$ONSALE_DATA"} | tail -n 1)"
    FAN_TOKEN="$token" PROTO="$root/proto" PROTO_IMPORTS="$root/target/proto-imports" exec node "$home/dist/live/live.js"
    ;;
  *)
    echo "usage: $0 test|live" >&2
    exit 2
    ;;
esac
