#!/usr/bin/env bash
# Runs the three commands that `onsale up` printed, as a new user would paste them: tools/welcome-commands.sh LOG
set -euo pipefail
script="$(mktemp)"
trap 'rm -f "$script"' EXIT
sed -n '/^To try next/,/^Ready/p' "$1" | grep -E '^(token=|hold=|field\(\)|booking=|[^ ]*(buf\.sh|grpcurl) )' >"$script"
[ "$(wc -l <"$script")" -eq 5 ] || { echo "not the lines that were expected:" >&2; cat "$script" >&2; exit 1; }
watched="$(bash -euo pipefail "$script")"
echo "$watched"
grep -q BOOKING_STATUS_CONFIRMED <<<"$watched" && grep -q '"ticketsIssued": *true' <<<"$watched"
echo "the printed commands bought two tickets"
