#!/usr/bin/env bash
# PresaleAdminService.UpdatePresale, RevokeCodes and ClosePresale.
. "$(dirname "$0")/lib.sh"
operator="$(token operator olga)"
answer="$(rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleAdminService/UpdatePresale "$operator" <<JSON
{"request_id": "$(new_id)", "presale_id": "$(load presale)", "name": "Friends of the house, longer", "quota": 40,
 "start_time": "$(date -u -d "-1 minute" +%Y-%m-%dT%H:%M:%SZ)", "end_time": "$(date -u -d "+3 hours" +%Y-%m-%dT%H:%M:%SZ)"}
JSON
)"
expect "quota" "$(get .presale.quota <<<"$answer")" 40
answer="$(echo "{\"request_id\": \"$(new_id)\", \"presale_id\": \"$(load presale)\", \"batch_id\": \"$(load presale-batch)\"}" |
  rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleAdminService/RevokeCodes "$operator")"
expect "revoked" "$(get .revoked <<<"$answer")" 3
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load presale-event)\", \"best_available\": {\"quantity\": 1}}" |
  refused PRESALE_ACCESS_REQUIRED "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan pat)"
echo "{\"request_id\": \"$(new_id)\", \"presale_id\": \"$(load presale)\"}" |
  rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleAdminService/ClosePresale "$operator" | get .presale.closeTime
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load presale-event)\", \"best_available\": {\"quantity\": 1}}" |
  refused NOT_ON_SALE "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan pat)"
