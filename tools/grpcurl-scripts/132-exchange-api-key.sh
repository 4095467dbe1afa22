#!/usr/bin/env bash
# PartnerTokenService.ExchangeApiKey, ListPartnerKeys: every service takes the token.
. "$(dirname "$0")/lib.sh"
answer="$(echo '{}' | RPC_HEADER="onsale-api-key: $(load api-key)" rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerTokenService/ExchangeApiKey)"
expect "partner" "$(get .partnerId <<<"$answer")" "$(load partner)"
bearer="$(get .accessToken <<<"$answer")"
keys="$(echo '{}' | rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerTokenService/ListPartnerKeys)"
echo "$keys"
grep -q Ed25519 <<<"$(get .jwks <<<"$keys")"
echo '{"query": "evening"}' | rpc "$ONSALE_QUERY" onsale.query.v1.CatalogQueryService/SearchEvents "$bearer" >/dev/null
echo '{}' | RPC_HEADER="onsale-api-key: osk_0123456789abcdef_nonsense" \
  refused TOKEN_INVALID "$ONSALE_COMMAND" onsale.partner.v1.PartnerTokenService/ExchangeApiKey
