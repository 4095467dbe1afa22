#!/usr/bin/env bash
# PresaleAdminService.GetPresale and ListPresales: with statistics.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"presale_id\": \"$(load presale)\"}" |
  rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleAdminService/GetPresale "$(token operator olga)")"
echo "$answer"
expect "codes used" "$(get .presale.statistics.codesUsed <<<"$answer")" 1
expect "places held" "$(get .presale.statistics.placesHeld <<<"$answer")" 2
expect "listed" "$(echo "{\"event_id\": \"$(load presale-event)\"}" |
  rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleAdminService/ListPresales "$(token operator olga)" | get '.presales[0].presaleId')" \
  "$(load presale)"
