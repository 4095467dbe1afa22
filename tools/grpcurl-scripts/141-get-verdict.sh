#!/usr/bin/env bash
# RiskService.GetVerdict: by the id that a refused fan quotes. This one nobody was given.
. "$(dirname "$0")/lib.sh"
echo '{"verdict_id": "00000000-0000-4000-8000-000000000000"}' |
  refused RESOURCE_NOT_FOUND "$ONSALE_COMMAND" onsale.risk.v1.RiskService/GetVerdict "$(token support sam)"
