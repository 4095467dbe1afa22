#!/usr/bin/env bash
# PartnerWebhookService.RotateWebhookSecret: for an hour each delivery is signed by both.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"webhook_id\": \"$(load webhook)\", \"overlap\": \"3600s\"}" |
  rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerWebhookService/RotateWebhookSecret "$(partner_token api-key)")"
get .webhook <<<"$answer"
grep -q '^whsec_' <<<"$(get .secret <<<"$answer")"
get .webhook.oldSecretExpireTime <<<"$answer" >/dev/null
