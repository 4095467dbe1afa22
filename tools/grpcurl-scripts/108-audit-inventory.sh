#!/usr/bin/env bash
# InventoryAuditService.AuditInventory: Redis, PostgreSQL and Elasticsearch agree on the event, section by section.
. "$(dirname "$0")/lib.sh"
audit() {
  echo "{\"event_id\": \"$(load event)\"}" |
    rpc "$ONSALE_QUERY" onsale.query.v1.InventoryAuditService/AuditInventory "$(token operator olga)"
}
agrees() { [ "$(audit | get .verdict)" = AUDIT_VERDICT_CONSISTENT ]; }
eventually agrees
audit | get .sections
