#!/usr/bin/env bash
# CatalogQueryService.ListSeries: by name, page by page; also over HTTP.
. "$(dirname "$0")/lib.sh"
listed() {
  local token="" page
  while :; do
    page="$(echo "{\"page_size\": 50, \"page_token\": \"$token\"}" |
      rpc "$ONSALE_QUERY" onsale.query.v1.CatalogQueryService/ListSeries)"
    case "$page" in *"$(load series)"*) return 0 ;; esac
    token="$(get .nextPageToken <<<"$page")" || return 1
  done
}
eventually listed
echo "the series is listed"
