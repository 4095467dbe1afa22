#!/usr/bin/env bash
# CatalogQueryService.GetSeries: public, no token.
. "$(dirname "$0")/lib.sh"
series() { echo "{\"series_id\": \"$(load series)\"}" | rpc "$ONSALE_QUERY" onsale.query.v1.CatalogQueryService/GetSeries; }
has_the_event() { [ "$(series | get '.events[0].eventId')" = "$(load event)" ]; }
eventually has_the_event
series
