#!/usr/bin/env bash
# PartnerAdminService.RevokeApiKey, SuspendPartner, ResumePartner: no token any more.
. "$(dirname "$0")/lib.sh"
admin() { rpc "$ONSALE_COMMAND" "onsale.partner.v1.PartnerAdminService/$1" "$(token operator olga)"; }
no_token() {
  echo '{}' | RPC_HEADER="onsale-api-key: $(load api-key)" \
    refused TOKEN_INVALID "$ONSALE_COMMAND" onsale.partner.v1.PartnerTokenService/ExchangeApiKey
}
echo "{\"request_id\": \"$(new_id)\", \"partner_id\": \"$(load partner)\"}" | admin SuspendPartner
no_token
echo "{\"request_id\": \"$(new_id)\", \"partner_id\": \"$(load partner)\"}" | admin ResumePartner
partner_token api-key >/dev/null
echo "{\"request_id\": \"$(new_id)\", \"key_id\": \"$(load api-key-id)\"}" | admin RevokeApiKey
no_token
