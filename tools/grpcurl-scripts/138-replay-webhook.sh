#!/usr/bin/env bash
# PartnerWebhookService.ReplayWebhook, DeleteWebhook: from a cursor on again, then never.
. "$(dirname "$0")/lib.sh"
bearer="$(partner_token api-key)"
webhooks() { rpc "$ONSALE_COMMAND" "onsale.partner.v1.PartnerWebhookService/$1" "$bearer"; }
echo "{\"request_id\": \"$(new_id)\", \"webhook_id\": \"$(load webhook)\", \"cursor\": \"$(load partner-cursor)\"}" | webhooks ReplayWebhook
failed() { [ "$(echo "{\"webhook_id\": \"$(load webhook)\"}" | webhooks GetWebhook | get .webhook.lastFailure)" = "connection refused" ]; }
eventually failed
echo "{\"request_id\": \"$(new_id)\", \"webhook_id\": \"$(load webhook)\"}" | webhooks DeleteWebhook
echo "{\"webhook_id\": \"$(load webhook)\"}" |
  refused RESOURCE_NOT_FOUND "$ONSALE_COMMAND" onsale.partner.v1.PartnerWebhookService/GetWebhook "$bearer"
