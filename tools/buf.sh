#!/usr/bin/env bash
# Runs buf, fetched once from npm at the pinned version.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
version=1.75.0
home="$root/target/buf-$version"
if [ ! -x "$home/node_modules/.bin/buf" ]; then
  mkdir -p "$home"
  (cd "$home" && npm install --silent --no-audit --no-fund --no-save "@bufbuild/buf@$version" >/dev/null)
fi
exec "$home/node_modules/.bin/buf" "$@"
