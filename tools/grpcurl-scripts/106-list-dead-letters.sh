#!/usr/bin/env bash
# ProjectionAdminService.ListDeadLetters: what could not be projected, a page at a time; in a healthy sale nothing.
. "$(dirname "$0")/lib.sh"
echo '{"page_size": 10}' |
  rpc "$ONSALE_QUERY" onsale.query.v1.ProjectionAdminService/ListDeadLetters "$(token operator olga)"
