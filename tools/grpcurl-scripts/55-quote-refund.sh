#!/usr/bin/env bash
# RefundService.QuoteRefund: what the rest of the booking would bring.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"booking_id\": \"$(load erins-booking)\"}" |
  rpc "$ONSALE_COMMAND" onsale.booking.v1.RefundService/QuoteRefund "$(token fan erin)")"
echo "$answer"
expect "refund" "$(get .quote.refund.units <<<"$answer")" "$(get '.quote.lines[0].paid.units' <<<"$answer")"
