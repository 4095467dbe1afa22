#!/usr/bin/env bash
# WaitingRoomAdminService.ForgetVisitor: what walter did is forgotten; his place in line is only a keyed hash anyway.
. "$(dirname "$0")/lib.sh"
echo '{"account": "walter", "pseudonym": "erased-walter"}' |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/ForgetVisitor "$(token service erasures)"
answer="$(echo "{\"event_id\": \"$(load gated-event)\", \"account\": \"walter\"}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomAdminService/GetVisit "$(token support sam)")"
echo "$answer"
! grep -q '"method"' <<<"$answer" || { echo "walter's deeds are still known" >&2; exit 1; }
