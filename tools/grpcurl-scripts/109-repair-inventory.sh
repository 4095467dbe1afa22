#!/usr/bin/env bash
# InventoryRepairService.RepairInventory: nothing is wrong, so nothing is done.
. "$(dirname "$0")/lib.sh"
repaired="$(echo "{\"event_id\": \"$(load event)\"}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.InventoryRepairService/RepairInventory "$(token operator olga)")"
expect "what was done" "$(get .seatsFreed <<<"$repaired" || true)$(get .seatsClaimed <<<"$repaired" || true)" ""
get .version <<<"$repaired"
