#!/usr/bin/env bash
# Runs `up` as a user without rights, on free ports and data of its own, buys two tickets, and stops it with Ctrl-C's signal.
# For root only; the build must be done.
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"
[ "$(id -u)" = 0 ] || { echo "only root can become somebody else: not run"; exit 0; }
as_nobody() { runuser -u nobody -- env HOME="$home/home" "$@"; }
home="$(mktemp -d)"
mkdir "$home/home"
chown -R nobody "$home"
trap 'rm -rf "$home"' EXIT
as_nobody test -r "$root/onsale" || { echo "others can't read this clone: not run"; exit 0; }

as_nobody "$root/onsale" up --data "$home/data" --ports 0 >"$home/up.log" 2>&1 &
for _ in $(seq 1 240); do
  ! grep -q '^Ready' "$home/up.log" || break
  jobs %1 >/dev/null 2>&1 || break
  sleep 0.5
done
grep '^Ready' "$home/up.log" || { cat "$home/up.log" >&2; exit 1; }
up="$(sed -n 's/^process=//p' "$home/data/endpoints.properties")"
[ "$(stat -c %U "/proc/$up")" = nobody ]
[ "$(as_nobody "$root/onsale" token --data "$home/data" --sub bob --role fan | tail -n 1 | tr -cd . | wc -c)" = 2 ]
tools/welcome-commands.sh "$home/up.log" | tail -n 1
kill -INT "$up"
wait || true
if pgrep -af "$home/data"; then
  echo "these are still running" >&2
  exit 1
fi
echo "up works for a user without rights, and Ctrl-C leaves nothing behind"
