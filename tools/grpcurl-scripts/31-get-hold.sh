#!/usr/bin/env bash
# HoldService.GetHold. Somebody else's hold looks like none at all.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"hold_id\": \"$(load hold)\"}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/GetHold "$(token fan alice)")"
echo "$answer"
expect "state" "$(get .hold.state <<<"$answer")" HOLD_STATE_ACTIVE
echo "{\"hold_id\": \"$(load hold)\"}" |
  refused RESOURCE_NOT_FOUND "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/GetHold "$(token fan mallory)"
