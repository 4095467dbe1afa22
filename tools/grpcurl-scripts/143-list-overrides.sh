#!/usr/bin/env bash
# RiskService.ListOverrides: of one account.
. "$(dirname "$0")/lib.sh"
answer="$(echo '{"account": "tess"}' |
  rpc "$ONSALE_COMMAND" onsale.risk.v1.RiskService/ListOverrides "$(token support sam)")"
echo "$answer"
expect "override" "$(get '.overrides[0].overrideId' <<<"$answer")" "$(load override)"
