#!/usr/bin/env bash
# PaymentService.GetPayment
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"payment_id\": \"$(load payment)\"}" |
  rpc "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/GetPayment "$(token service scripts)")"
echo "$answer"
expect "refunded" "$(get .payment.refunded.units <<<"$answer")" 2
