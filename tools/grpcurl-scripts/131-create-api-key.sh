#!/usr/bin/env bash
# PartnerAdminService.CreateApiKey, ListApiKeys: the secret is in the first answer and nowhere else.
. "$(dirname "$0")/lib.sh"
admin() { rpc "$ONSALE_COMMAND" "onsale.partner.v1.PartnerAdminService/$1" "$(token operator olga)"; }
request="{\"request_id\": \"$(new_id)\", \"partner_id\": \"$(load partner)\", \"label\": \"scripts\",
 \"scope\": {\"abilities\": [\"ABILITY_SELL\", \"ABILITY_READ\", \"ABILITY_FEED\"]}}"
answer="$(admin CreateApiKey <<<"$request")"
get .key <<<"$answer"
get .apiKey <<<"$answer" | save api-key
get .key.keyId <<<"$answer" | save api-key-id
again="$(admin CreateApiKey <<<"$request")"
expect "the same key" "$(get .key.keyId <<<"$again")" "$(load api-key-id)"
if get .apiKey <<<"$again" >/dev/null 2>&1; then
  echo "the secret came twice" >&2
  exit 1
fi
list="$(echo "{\"partner_id\": \"$(load partner)\"}" | admin ListApiKeys)"
expect "listed" "$(get '.keys[0].keyId' <<<"$list")" "$(load api-key-id)"
