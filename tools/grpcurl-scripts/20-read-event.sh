#!/usr/bin/env bash
# CatalogQueryService.GetEvent: public, no token.
. "$(dirname "$0")/lib.sh"
read_event() {
  echo "{\"event_id\": \"$(load event)\"}" | rpc "$ONSALE_QUERY" onsale.query.v1.CatalogQueryService/GetEvent
}
is_on_sale() { [ "$(read_event | get .event.state)" = EVENT_STATE_ON_SALE ]; }
eventually is_on_sale
read_event
