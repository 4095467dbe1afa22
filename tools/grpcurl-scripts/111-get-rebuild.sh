#!/usr/bin/env bash
# ProjectionAdminService.GetRebuild: until the new indexes are read.
. "$(dirname "$0")/lib.sh"
rebuild() {
  echo '{}' | rpc "$ONSALE_QUERY" onsale.query.v1.ProjectionAdminService/GetRebuild "$(token operator olga)"
}
done_() { [ "$(rebuild | get .rebuild.state)" = STATE_DONE ]; }
for _ in 1 2 3 4 5 6 7 8; do eventually done_ && break; done
rebuild
