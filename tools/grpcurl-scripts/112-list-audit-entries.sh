#!/usr/bin/env bash
# AuditLogService.ListAuditEntries, as an operator: who did what to the event of these scripts, and where its money went.
. "$(dirname "$0")/lib.sh"
event="$(load event)"
answer="$(echo "{\"event_id\": \"$event\", \"action\": \"onsale.catalog.v1.CatalogAdminService/OpenSale\"}" |
  rpc "$ONSALE_COMMAND" onsale.audit.v1.AuditLogService/ListAuditEntries "$(token operator olga)")"
echo "$answer"
expect "who opened the sale" "$(get '.entries[0].actor' <<<"$answer")" olga
money="$(echo "{\"event_id\": \"$event\", \"action\": \"money/capture\", \"page_size\": 100}" |
  rpc "$ONSALE_COMMAND" onsale.audit.v1.AuditLogService/ListAuditEntries "$(token operator olga)")"
get '.entries[0].hash' <<<"$money"
if grep -qi "alice" <<<"$money"; then
  echo "the log names a fan" >&2
  exit 1
fi
echo '{}' | refused ROLE_REQUIRED "$ONSALE_COMMAND" onsale.audit.v1.AuditLogService/ListAuditEntries "$(token support sam)"
