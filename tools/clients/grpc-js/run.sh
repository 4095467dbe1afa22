#!/usr/bin/env bash
# Fetches grpc-js at its pinned version and buys two tickets with it on a running system.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
"$root/tools/proto-imports.sh"
home="$root/target/grpc-js-client"
mkdir -p "$home"
cp "$here/package.json" "$here/buy.mjs" "$home/"
(cd "$home" && npm install --silent --no-audit --no-fund --no-package-lock >/dev/null)
token() { "$root/onsale" token --role "$1" --sub "$2" ${ONSALE_DATA:+--data "$ONSALE_DATA"} | tail -n 1; }
FAN_TOKEN="$(token fan "ada-$RANDOM")" RIVAL_TOKEN="$(token fan "rival-$RANDOM")" SUPPORT_TOKEN="$(token support sam)" \
  SCANNER_TOKEN="$(token scanner gate1)" PROTO="$root/proto" PROTO_IMPORTS="$root/target/proto-imports" \
  exec node "$home/buy.mjs"
