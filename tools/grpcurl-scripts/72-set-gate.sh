#!/usr/bin/env bash
# GateService.SetGate, as the waiting room would: from now on a hold needs an admission; then not any more.
. "$(dirname "$0")/lib.sh"
gate() {
  echo "{\"event_id\": \"$(load event)\", \"admission_required\": $1, \"epoch\": 1}" |
    rpc "$ONSALE_COMMAND" onsale.gate.v1.GateService/SetGate "$(token service scripts)"
}
hold() { echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"best_available\": {\"quantity\": 1}}"; }
gate true
hold | refused ADMISSION_REQUIRED "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan zoe)"
gate false
hold | refused NOT_ON_SALE "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan zoe)"
