#!/usr/bin/env bash
# PaymentService.VoidAuthorization: money reserved and let go.
. "$(dirname "$0")/lib.sh"
uuid() { cat /proc/sys/kernel/random/uuid; }
payment="$(uuid)"
rpc "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/Authorize "$(token service scripts)" <<JSON
{"request_id": "$(new_id)", "payment_id": "$payment", "booking_id": "$(uuid)",
 "amount": {"currency_code": "EUR", "units": "7"}, "payment_token": "tok_approve"}
JSON
answer="$(echo "{\"request_id\": \"$(new_id)\", \"payment_id\": \"$payment\"}" |
  rpc "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/VoidAuthorization "$(token service scripts)")"
echo "$answer"
expect "state" "$(get .payment.state <<<"$answer")" PAYMENT_STATE_VOIDED
