#!/usr/bin/env bash
# PresaleService.CheckPresaleCode: what a code opens; a wrong one is counted.
. "$(dirname "$0")/lib.sh"
check() { echo "{\"event_id\": \"$(load presale-event)\", \"presale_code\": \"$1\"}"; }
answer="$(check "$(load presale-code)" | rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleService/CheckPresaleCode "$(token fan pat)")"
echo "$answer"
expect "tier" "$(get '.presale.priceTiers[0]' <<<"$answer")" SEATED
check WRONG-CODE | refused PRESALE_CODE_INVALID "$ONSALE_COMMAND" onsale.presale.v1.PresaleService/CheckPresaleCode "$(token fan pat)"
