#!/usr/bin/env bash
# AccessRecordService.ListAccessRecords, as an operator: who has looked at a booking, and why unmasked.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"booking_id\": \"$(load booking)\", \"actor\": \"sam\"}" |
  rpc "$ONSALE_QUERY" onsale.query.v1.AccessRecordService/ListAccessRecords "$(token operator olga)")"
echo "$answer"
grep -q "the buyer is on the phone" <<<"$answer"
if grep -qi "alice" <<<"$answer"; then
  echo "the records name a fan" >&2
  exit 1
fi
echo '{}' | refused ROLE_REQUIRED "$ONSALE_QUERY" onsale.query.v1.AccessRecordService/ListAccessRecords "$(token support sam)"
