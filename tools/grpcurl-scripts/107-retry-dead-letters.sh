#!/usr/bin/env bash
# ProjectionAdminService.RetryDeadLetters: all of them; what is mended leaves the list, the rest stays with its reason.
. "$(dirname "$0")/lib.sh"
echo '{}' | rpc "$ONSALE_QUERY" onsale.query.v1.ProjectionAdminService/RetryDeadLetters "$(token operator olga)"
