#!/usr/bin/env bash
# PrivacyService.EraseAccount and GetErasure: frank wants to be forgotten. His booking of 59 was given back.
. "$(dirname "$0")/lib.sh"
erase() { # ROLE SUB
  echo "{\"request_id\": \"$(new_id)\", \"account\": \"frank\", \"reason\": \"asked for it in writing\"}" |
    rpc "$ONSALE_COMMAND" onsale.privacy.v1.PrivacyService/EraseAccount "$(token "$1" "$2")"
}
! erase support sam >/dev/null 2>&1 || { echo "support may not erase" >&2; exit 1; }
began() { erase operator olga >"$ONSALE_STATE/erasing" 2>/dev/null; }
eventually began
erasure="$(get .erasure.erasureId <"$ONSALE_STATE/erasing")"
look() {
  echo "{\"erasure_id\": \"$erasure\"}" |
    rpc "$ONSALE_COMMAND" onsale.privacy.v1.PrivacyService/GetErasure "$(token operator olga)"
}
for _ in $(seq 1 60); do
  [ "$(look | get .erasure.state)" = ERASURE_STATE_DONE ] && break
  sleep 1
done
answer="$(look)"
echo "$answer"
expect "state" "$(get .erasure.state <<<"$answer")" ERASURE_STATE_DONE
expect "whose it was" "$(get .erasure.accountHash <<<"$answer")" "$(printf frank | sha256sum | cut -d' ' -f1)"
gone() {
  ! echo '{"account": "frank"}' |
    rpc "$ONSALE_QUERY" onsale.query.v1.BookingSearchService/SearchBookings "$(token support sam)" | grep -q bookingId
}
eventually gone
