#!/usr/bin/env bash
# RefundService.ListCancellations: who gave what back, and why.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"booking_id\": \"$(load erins-booking)\"}" |
  rpc "$ONSALE_COMMAND" onsale.booking.v1.RefundService/ListCancellations "$(token support sue)")"
echo "$answer"
expect "first cause" "$(get '.cancellations[0].cause' <<<"$answer")" CANCELLED_BY_BUYER
expect "second note" "$(get '.cancellations[1].note' <<<"$answer")" "The band was late"
