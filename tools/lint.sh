#!/usr/bin/env bash
# Lints what Maven does not: the contracts (buf) and the Lua scripts (luacheck).
set -euo pipefail
cd "$(dirname "$0")/.."

# The proto packages we import come inside jars that the build has already fetched.
rm -rf target/proto-imports
mkdir -p target/proto-imports
for jar in "$HOME"/.m2/repository/build/buf/protovalidate/*/protovalidate-*.jar \
  "$HOME"/.m2/repository/com/google/api/grpc/proto-google-common-protos/*/proto-google-common-protos-*.jar; do
  unzip -qo "$jar" 'buf/validate/*.proto' 'google/api/*.proto' 'google/rpc/*.proto' 'google/type/*.proto' \
    -d target/proto-imports 2>/dev/null || true
done

tools/buf.sh lint proto
echo "buf lint: clean"

if ! command -v luacheck >/dev/null; then
  echo "luacheck is missing: install Debian's lua-check" >&2
  exit 1
fi
mapfile -t scripts < <(git ls-files '*.lua')
luacheck --std lua51 --read-globals redis KEYS ARGV cjson cmsgpack bit struct --max-line-length 140 --no-unused-args -q "${scripts[@]}"
