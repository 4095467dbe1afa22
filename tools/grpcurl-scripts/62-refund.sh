#!/usr/bin/env bash
# PaymentService.Refund: a part, then more than is left.
. "$(dirname "$0")/lib.sh"
answer="$(rpc "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/Refund "$(token service scripts)" <<JSON
{"request_id": "$(new_id)", "payment_id": "$(load payment)", "amount": {"currency_code": "EUR", "units": "2"}}
JSON
)"
echo "$answer"
expect "state" "$(get .payment.state <<<"$answer")" PAYMENT_STATE_PARTIALLY_REFUNDED
echo "{\"request_id\": \"$(new_id)\", \"payment_id\": \"$(load payment)\", \"amount\": {\"currency_code\": \"EUR\", \"units\": \"100\"}}" |
  refused PAYMENT_STATE "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/Refund "$(token service scripts)"
