#!/usr/bin/env bash
# CatalogQueryService.SearchEvents: a typing error in the word is forgiven.
. "$(dirname "$0")/lib.sh"
found() {
  echo '{"query": "evenning scripts", "city": "bremen", "page_size": 50}' |
    rpc "$ONSALE_QUERY" onsale.query.v1.CatalogQueryService/SearchEvents | grep -q "$(load event)"
}
eventually found
echo "found"
