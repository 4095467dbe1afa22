#!/usr/bin/env bash
# ProjectionAdminService.GetProjectionStatus: every shard has a node that works on it, and nothing lags for long.
. "$(dirname "$0")/lib.sh"
status() {
  echo '{}' | rpc "$ONSALE_QUERY" onsale.query.v1.ProjectionAdminService/GetProjectionStatus "$(token operator olga)"
}
owned() { [ -n "$(status | get '.shards[0].owner')" ]; }
eventually owned
status | get '.indexes[0].alias'
echo '{}' | refused ROLE_REQUIRED "$ONSALE_QUERY" onsale.query.v1.ProjectionAdminService/GetProjectionStatus "$(token fan alice)"
