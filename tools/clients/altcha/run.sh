#!/usr/bin/env bash
# Fetches altcha-lib at its pinned version and solves the challenge on standard input: prints JoinRoom's solution.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
root="$(cd "$here/../../.." && pwd)"
home="$root/target/altcha-client"
mkdir -p "$home"
cp "$here/package.json" "$here/solve.mjs" "$home/"
(cd "$home" && npm install --silent --no-audit --no-fund --no-package-lock </dev/null >/dev/null)
exec node "$home/solve.mjs"
