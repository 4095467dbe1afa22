#!/usr/bin/env bash
# Makes every index anew while fans buy, and lets the rush's audit compare both sides: tools/rebuild-in-a-rush.sh DATA
set -euo pipefail
cd "$(dirname "$0")/.."
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
./onsale rush --data "$1" --fans 800 --seats 500 --json >"$work/rush.json" 2>"$work/rush.log" &
rush=$!
during=0
while kill -0 "$rush" 2>/dev/null; do
  ./onsale rebuild --data "$1" | tee "$work/rebuilt"
  grep -Eq '^Rebuilt [1-9][0-9]* events, [1-9][0-9]* seat blocks' "$work/rebuilt"
  ! kill -0 "$rush" 2>/dev/null || during=$((during + 1))
done
wait "$rush" || { cat "$work/rush.json" "$work/rush.log"; exit 1; }
cat "$work/rush.json"
[ "$during" -gt 0 ] || { echo "no rebuild ended while the rush was on" >&2; exit 1; }
echo "$during rebuilds while the rush was on, and the audit passed"
