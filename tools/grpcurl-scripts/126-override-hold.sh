#!/usr/bin/env bash
# BoxOfficeService.OverrideHold: places that the presale does not open, for an account without a code, for a reason.
. "$(dirname "$0")/lib.sh"
override() {
  cat <<JSON
{"request_id": "$(new_id)", "event_id": "$(load presale-event)", "account": "quinn", "reason": "$1",
 "area": {"area_id": "FLOOR", "quantity": 2}}
JSON
}
answer="$(override "guests of the band" | rpc "$ONSALE_COMMAND" onsale.inventory.v1.BoxOfficeService/OverrideHold "$(token operator olga)")"
echo "$answer"
expect "state" "$(get .hold.state <<<"$answer")" HOLD_STATE_ACTIVE
override "" | refused INVALID_FIELD "$ONSALE_COMMAND" onsale.inventory.v1.BoxOfficeService/OverrideHold "$(token operator olga)"
override "because" | refused ROLE_REQUIRED "$ONSALE_COMMAND" onsale.inventory.v1.BoxOfficeService/OverrideHold "$(token fan quinn)"
