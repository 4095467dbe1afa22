#!/usr/bin/env bash
# PartnerAdminService.RotateApiKey: for an hour both keys work.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"key_id\": \"$(load api-key-id)\", \"overlap\": \"3600s\"}" |
  rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerAdminService/RotateApiKey "$(token operator olga)")"
expect "follower" "$(get .oldKey.replacedBy <<<"$answer")" "$(get .key.keyId <<<"$answer")"
partner_token api-key >/dev/null
load api-key-id | save old-api-key-id
get .apiKey <<<"$answer" | save api-key
get .key.keyId <<<"$answer" | save api-key-id
partner_token api-key >/dev/null
get .oldKey <<<"$answer"
