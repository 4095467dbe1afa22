#!/usr/bin/env bash
# RiskService.RevokeOverride: early, with a reason.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"override_id\": \"$(load override)\", \"reason\": \"she has her tickets\"}" |
  rpc "$ONSALE_COMMAND" onsale.risk.v1.RiskService/RevokeOverride "$(token operator olga)")"
echo "$answer"
expect "who ended it" "$(get .override.revokedBy <<<"$answer")" olga
