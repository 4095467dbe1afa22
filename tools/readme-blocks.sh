#!/usr/bin/env bash
# Runs every block of the README that is marked `sh`, in order, in one shell, against a running system.
set -euo pipefail
cd "$(dirname "$0")/.."
script="$(mktemp)"
trap 'rm -f "$script"' EXIT
{
  echo 'set -euo pipefail'
  awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0; next } inside' README.md
} >"$script"
[ "$(wc -l <"$script")" -gt 1 ] || { echo "the README has no block to run" >&2; exit 1; }
bash "$script"
echo "every block of the README ran"
