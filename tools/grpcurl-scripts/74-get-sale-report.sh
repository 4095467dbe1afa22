#!/usr/bin/env bash
# GateService.GetSaleReport: what the waiting room asks once a second.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load event)\"}" |
  rpc "$ONSALE_COMMAND" onsale.gate.v1.GateService/GetSaleReport "$(token service scripts)")"
echo "$answer"
get .asOfTime <<<"$answer" >/dev/null
