#!/usr/bin/env bash
# RefundService.ListRefunds: those of one booking, as its buyer sees them, until all are done.
. "$(dirname "$0")/lib.sh"
list() {
  echo "{\"booking_id\": \"$(load erins-booking)\"}" |
    rpc "$ONSALE_COMMAND" onsale.booking.v1.RefundService/ListRefunds "$(token fan erin)"
}
done_() { [ "$(list | get '.refunds[1].state')" = REFUND_STATE_DONE ]; }
eventually done_
list
echo '{}' | refused ROLE_REQUIRED "$ONSALE_COMMAND" onsale.booking.v1.RefundService/ListRefunds "$(token fan erin)"
