#!/usr/bin/env bash
# PaymentService.ListAttempts
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"payment_id\": \"$(load payment)\"}" |
  rpc "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/ListAttempts "$(token service scripts)")"
echo "$answer"
expect "first" "$(get '.attempts[0].verb' <<<"$answer")" authorize
