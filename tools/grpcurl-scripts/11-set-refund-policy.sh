#!/usr/bin/env bash
# CatalogAdminService.SetRefundPolicy: all until 20 days before, then 5 euros a ticket are kept, from the day before on nothing
# can be given back.
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/SetRefundPolicy "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "event_id": "$(load event)", "refund_policy": {"windows": [
   {"closes_before": "1728000s"},
   {"closes_before": "86400s", "fee_per_ticket": {"currency_code": "EUR", "units": "5"}}]}}
JSON
)"
echo "$answer"
expect "policy version" "$(get .event.refundPolicy.version <<<"$answer")" 1
