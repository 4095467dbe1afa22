#!/usr/bin/env bash
# ProjectionAdminService.StartRebuild: every index anew, while all goes on; the same request begins nothing new.
. "$(dirname "$0")/lib.sh"
id="$(new_id)"
begin() {
  echo "{\"request_id\": \"$id\"}" |
    rpc "$ONSALE_QUERY" onsale.query.v1.ProjectionAdminService/StartRebuild "$(token operator olga)"
}
eventually begin
expect "request" "$(begin | get .rebuild.requestId)" "$id"
