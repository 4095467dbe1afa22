#!/usr/bin/env bash
# Runs every script here against a running system, in the order of a sale, and counts.
set -uo pipefail
cd "$(dirname "$0")"
passed=0
failed=0
for script in $(printf "%s\n" [0-9]*-*.sh | sort -n); do
  if output="$("./$script" 2>&1)"; then
    passed=$((passed + 1))
    echo "ok    $script"
  else
    failed=$((failed + 1))
    echo "FAIL  $script"
    sed 's/^/      /' <<<"$output" | tail -n 15
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
