#!/usr/bin/env bash
# CatalogAdminService.PostponeEvent: to a date that is to be told, then to a date.
. "$(dirname "$0")/lib.sh"
postpone() {
  rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/PostponeEvent "$(token operator olga)" <<JSON
{"request_id": "$(new_id)", "event_id": "$(load event)", $1 "opt_out_until": "$(in_days 14)", "reason": "the drummer is ill"}
JSON
}
answer="$(postpone "")"
echo "$answer"
expect "date to be told" "$(get .event.dateToBeTold <<<"$answer")" true
date="$(in_days 60)"
answer="$(postpone "\"new_event_time\": \"$date\",")"
expect "new date" "$(get .event.eventTime <<<"$answer")" "$date"
shown() {
  [ "$(echo "{\"event_id\": \"$(load event)\"}" |
    rpc "$ONSALE_QUERY" onsale.query.v1.CatalogQueryService/GetEvent | get .event.timesPostponed)" = 2 ]
}
eventually shown
