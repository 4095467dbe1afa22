#!/usr/bin/env bash
# PaymentService.ForgetPayer: what the payment of 60 was paid with is forgotten, once.
. "$(dirname "$0")/lib.sh"
forget() {
  echo "{\"payment_ids\": [\"$(load payment)\"]}" |
    rpc "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/ForgetPayer "$(token service erasures)"
}
expect "forgotten" "$(forget | get .forgotten)" 1
answer="$(forget)"
echo "$answer"
! grep -q forgotten <<<"$answer" || { echo "forgotten twice" >&2; exit 1; }
