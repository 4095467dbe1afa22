#!/usr/bin/env bash
# Lints what Maven does not: the contracts (buf) and the Lua scripts (luacheck).
set -euo pipefail
cd "$(dirname "$0")/.."

tools/proto-imports.sh
tools/buf.sh lint proto
echo "buf lint: clean"

if ! command -v luacheck >/dev/null; then
  echo "luacheck is missing: install Debian's lua-check" >&2
  exit 1
fi
mapfile -t scripts < <(git ls-files '*.lua')
luacheck -q "${scripts[@]}"
