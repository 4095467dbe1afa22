#!/usr/bin/env bash
# PaymentService.WatchPayments: from the first payment on, until the one of these scripts was seen.
. "$(dirname "$0")/lib.sh"
answer="$(echo '{}' | RPC_SECONDS=3 rpc "$ONSALE_PAYMENT" onsale.payment.v1.PaymentService/WatchPayments "$(token service scripts)" 2>/dev/null || true)"
grep -q "$(load payment)" <<<"$answer" || { echo "the payment is not among those watched: $answer" >&2; exit 1; }
grep -m 1 -A 3 "$(load payment)" <<<"$answer"
