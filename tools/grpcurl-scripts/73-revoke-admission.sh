#!/usr/bin/env bash
# GateService.RevokeAdmission: one session, and one account for good.
. "$(dirname "$0")/lib.sh"
for target in '"session_id": "e1"' '"account": "zoe"'; do
  echo "{\"event_id\": \"$(load event)\", $target}" |
    rpc "$ONSALE_COMMAND" onsale.gate.v1.GateService/RevokeAdmission "$(token service scripts)"
done
echo "{\"event_id\": \"$(cat /proc/sys/kernel/random/uuid)\", \"account\": \"zoe\"}" |
  refused RESOURCE_NOT_FOUND "$ONSALE_COMMAND" onsale.gate.v1.GateService/RevokeAdmission "$(token service scripts)"
