#!/usr/bin/env bash
# Every RPC of the contracts is either public (deploy/edge/methods.conf) or kept inside (deploy/edge/kept-inside.txt), and only one
# of the two. Names the ones that are not.
set -euo pipefail
cd "$(dirname "$0")/.."
edge=deploy/edge

all() {
  find proto/onsale -name '*.proto' -print0 | sort -z | xargs -0 awk '
    FNR == 1 { service = "" }
    /^package / { package = $2; sub(";", "", package) }
    /^service / { service = $2 }
    /^  rpc / && service != "" { name = $2; sub(/\(.*/, "", name); print package "." service "/" name }'
}
public="$(sed -n 's|^/\([^ ]*\) [a-z_]*;$|\1|p' "$edge/methods.conf")"
every="$(all)"
inside="$(grep -v '^#' "$edge/kept-inside.txt")"

bad=0
while read -r method; do
  in_public=0 in_inside=0
  ! grep -qxF "$method" <<<"$public" || in_public=1
  ! grep -qxF -e "$method" -e "${method%/*}/*" <<<"$inside" || in_inside=1
  if [ $((in_public + in_inside)) != 1 ]; then
    echo "$method: in $((in_public + in_inside)) of $edge/methods.conf and $edge/kept-inside.txt (expected: one of the two)" >&2
    bad=1
  fi
done <<<"$every"
while read -r method; do
  grep -qxF "$method" <<<"$every" || { echo "$method: in $edge/methods.conf, but there is no such RPC" >&2 && bad=1; }
done <<<"$public"
case "$public" in *Admin*) echo "administration in $edge/methods.conf" >&2 && bad=1 ;; esac
[ $bad = 0 ] || exit 1
echo "the edge knows what to do with each of $(wc -l <<<"$every") RPCs"
