#!/usr/bin/env bash
# PaymentService.Capture
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"payment_id\": \"$(load payment)\"}" |
  rpc "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/Capture "$(token service scripts)")"
echo "$answer"
expect "state" "$(get .payment.state <<<"$answer")" PAYMENT_STATE_CAPTURED
