#!/usr/bin/env bash
# AvailabilityService.GetAvailability
. "$(dirname "$0")/lib.sh"
available() {
  echo "{\"event_id\": \"$(load event)\"}" | rpc "$ONSALE_QUERY" onsale.query.v1.AvailabilityService/GetAvailability
}
counts() { [ "$(available | get .total.available)" = 79 ]; }
eventually counts
available
