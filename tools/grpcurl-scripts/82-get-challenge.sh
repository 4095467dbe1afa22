#!/usr/bin/env bash
# WaitingRoomService.GetChallenge
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"event_id\": \"$(load gated-event)\"}" |
  rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/GetChallenge "$(token fan wanda)")"
echo "$answer"
expect "kind" "$(get .kind <<<"$answer")" CHALLENGE_KIND_PROOF_OF_WORK
get .altcha <<<"$answer" | save challenge
