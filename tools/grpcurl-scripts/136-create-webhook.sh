#!/usr/bin/env bash
# PartnerWebhookService.CreateWebhook, GetWebhook, ListWebhooks: to nobody here, which shows as a failure. Not into our own house.
. "$(dirname "$0")/lib.sh"
webhooks() { rpc "$ONSALE_COMMAND" "onsale.partner.v1.PartnerWebhookService/$1" "$(partner_token api-key)"; }
answer="$(echo "{\"request_id\": \"$(new_id)\", \"url\": \"http://127.0.0.1:9/onsale\"}" | webhooks CreateWebhook)"
get .webhook <<<"$answer"
get .webhook.webhookId <<<"$answer" | save webhook
grep -q '^whsec_' <<<"$(get .secret <<<"$answer")"
expect "read" "$(echo "{\"webhook_id\": \"$(load webhook)\"}" | webhooks GetWebhook | get .webhook.url)" "http://127.0.0.1:9/onsale"
expect "listed" "$(echo '{}' | webhooks ListWebhooks | get '.webhooks[0].webhookId')" "$(load webhook)"
echo "{\"request_id\": \"$(new_id)\", \"url\": \"https://169.254.169.254/latest/meta-data/\"}" |
  refused INVALID_FIELD "$ONSALE_COMMAND" onsale.partner.v1.PartnerWebhookService/CreateWebhook "$(partner_token api-key)"
