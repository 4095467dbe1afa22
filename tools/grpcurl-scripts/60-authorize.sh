#!/usr/bin/env bash
# PaymentService.Authorize, as one of our own services would.
. "$(dirname "$0")/lib.sh"
uuid() { cat /proc/sys/kernel/random/uuid; }
payment="$(uuid)"
answer="$(rpc "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/Authorize "$(token service scripts)" <<JSON
{"request_id": "$(new_id)", "payment_id": "$payment", "booking_id": "$(uuid)",
 "amount": {"currency_code": "EUR", "units": "12", "nanos": 500000000}, "payment_token": "tok_approve"}
JSON
)"
echo "$answer"
expect "state" "$(get .payment.state <<<"$answer")" PAYMENT_STATE_AUTHORIZED
echo "$payment" | save payment
