#!/usr/bin/env bash
# WaitingRoomService.WatchPosition: the first message is the place now.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"place_ticket\": \"$(load admitted-ticket)\"}" |
  RPC_SECONDS=3 rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/WatchPosition "$(token fan "$(load admitted-fan)")" || true)"
echo "$answer"
grep -q NEXT_STEP_CLAIM <<<"$answer"
