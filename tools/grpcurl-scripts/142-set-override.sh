#!/usr/bin/env bash
# RiskService.SetOverride: a teacher who buys for her class is let through for an hour.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"account\": \"tess\", \"event_id\": \"$(load event)\",
  \"duration\": \"3600s\", \"reason\": \"buys for her class\"}" |
  rpc "$ONSALE_COMMAND" onsale.risk.v1.RiskService/SetOverride "$(token support sam)")"
echo "$answer"
expect "who said so" "$(get .override.setBy <<<"$answer")" sam
get .override.overrideId <<<"$answer" | save override
