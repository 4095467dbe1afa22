#!/usr/bin/env bash
# AvailabilityService.BatchGetAvailability: an event on sale, and one that there is not.
. "$(dirname "$0")/lib.sh"
nobody=00000000-0000-0000-0000-000000000000
batch() {
  echo "{\"event_ids\": [\"$(load event)\", \"$nobody\"]}" |
    rpc "$ONSALE_QUERY" onsale.query.v1.AvailabilityService/BatchGetAvailability
}
available() { [ "$(batch | get '.events[0].state')" = AVAILABILITY_STATE_AVAILABLE ]; }
eventually available
answer="$(batch)"
echo "$answer"
expect "unknown" "$(get '.unknownEventIds[0]' <<<"$answer")" "$nobody"
echo '{"event_ids": ["not-an-id-not-an-id-not-an-id-not-an-"]}' |
  refused INVALID_FIELD "$ONSALE_QUERY" onsale.query.v1.AvailabilityService/BatchGetAvailability
