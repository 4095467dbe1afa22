#!/usr/bin/env bash
# AuditLogService.GetAuditHead: where the chains end, and the anchor to keep elsewhere.
. "$(dirname "$0")/lib.sh"
head="$(echo '{}' | rpc "$ONSALE_COMMAND" onsale.audit.v1.AuditLogService/GetAuditHead "$(token operator olga)")"
echo "$head"
expect "whose log" "$(get .log <<<"$head")" command
expect "the first chain" "$(get '.heads[0].chain' <<<"$head")" command/admin
get .anchor <<<"$head" | grep -q onsale-audit-anchor-1
