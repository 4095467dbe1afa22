#!/usr/bin/env bash
# CatalogAdminService.GetEventCancellation: how far the bookings of the cancelled event are given back.
. "$(dirname "$0")/lib.sh"
progress() {
  echo "{\"event_id\": \"$(load event)\"}" |
    rpc "$ONSALE_COMMAND" onsale.catalog.v1.CatalogAdminService/GetEventCancellation "$(token support sue)"
}
begun() { [ "$(progress | get .cancellation.begun)" = "$(progress | get .cancellation.bookings)" ]; }
eventually begun
progress
