#!/usr/bin/env bash
# PresaleAdminService.GenerateCodes and ImportCodes: the same request gets the same codes, which are stored nowhere.
. "$(dirname "$0")/lib.sh"
request="{\"request_id\": \"$(new_id)\", \"presale_id\": \"$(load presale)\", \"count\": 3, \"max_uses\": 1, \"label\": \"letters\"}"
generate() {
  rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleAdminService/GenerateCodes "$(token operator olga)" <<<"$request"
}
answer="$(generate)"
echo "$answer"
expect "again" "$(generate | get '.codes[2]')" "$(get '.codes[2]' <<<"$answer")"
get '.codes[0]' <<<"$answer" | save presale-code
get .batchId <<<"$answer" | save presale-batch
rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleAdminService/ImportCodes "$(token operator olga)" <<JSON | get .batchId
{"request_id": "$(new_id)", "presale_id": "$(load presale)", "codes": ["FANCLUB-$(new_id)"], "max_uses": 500, "label": "fan club"}
JSON
