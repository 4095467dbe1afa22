#!/usr/bin/env bash
# RefundService.RefundBooking: support gives money back without taking a ticket, and never more than is left.
. "$(dirname "$0")/lib.sh"
refund() {
  echo "{\"request_id\": \"$(new_id)\", \"booking_id\": \"$(load erins-booking)\", \"reason\": \"The band was late\",
    \"amount\": {\"currency_code\": \"EUR\", \"units\": \"$1\"}}"
}
answer="$(refund 3 | rpc "$ONSALE_COMMAND" onsale.booking.v1.RefundService/RefundBooking "$(token support sue)")"
echo "$answer"
expect "amount" "$(get .refund.amount.units <<<"$answer")" 3
refund 1000 | refused PAYMENT_STATE "$ONSALE_COMMAND" onsale.booking.v1.RefundService/RefundBooking "$(token support sue)"
refund 1 | refused ROLE_REQUIRED "$ONSALE_COMMAND" onsale.booking.v1.RefundService/RefundBooking "$(token fan erin)"
