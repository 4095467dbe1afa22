#!/usr/bin/env bash
# RefundService.SettleRefund: a stuck refund was paid by bank transfer. The provider has made the one of 59 in the meantime, so
# that paying it another way would be paying it twice.
. "$(dirname "$0")/lib.sh"
echo "{\"request_id\": \"$(new_id)\", \"refund_id\": \"$(load refund)\", \"settlement\": \"bank transfer 2026-114\"}" |
  refused PAYMENT_STATE "$ONSALE_COMMAND" onsale.booking.v1.RefundService/SettleRefund "$(token support sam)"
