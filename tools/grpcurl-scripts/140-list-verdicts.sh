#!/usr/bin/env bash
# RiskService.ListVerdicts: who was challenged, slowed or turned away, and why. Nobody, while `risk.mode` is off.
. "$(dirname "$0")/lib.sh"
echo '{"page_size": 10}' |
  rpc "$ONSALE_COMMAND" onsale.risk.v1.RiskService/ListVerdicts "$(token support sam)"
echo '{}' | refused ROLE_REQUIRED "$ONSALE_COMMAND" onsale.risk.v1.RiskService/ListVerdicts "$(token fan frank)"
