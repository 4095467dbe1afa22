#!/usr/bin/env bash
# WaitingRoomService.JoinRoom. The same account again has the same place; an unsolved challenge gives none.
. "$(dirname "$0")/lib.sh"
join() { # ACCOUNT SOLUTION
  echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\", \"solution\": \"$2\"}" |
    rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/JoinRoom "$(token fan "$1")"
}
solution="$(load challenge | solve)"
answer="$(join wanda "$solution")"
echo "$answer"
expect "state" "$(get .place.roomState <<<"$answer")" ROOM_STATE_LOBBY
get .place.placeTicket <<<"$answer" | save place-ticket
get .place.entry <<<"$answer" | save entry
expect "the same place" "$(join wanda "$solution" | get .place.entry)" "$(load entry)"
for fan in walter wilma; do
  challenge="$(echo "{\"event_id\": \"$(load gated-event)\"}" |
    rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/GetChallenge "$(token fan $fan)" | get .altcha)"
  join "$fan" "$(solve <<<"$challenge")" | get .place.placeTicket | save "place-ticket-$fan"
done
echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load gated-event)\", \"solution\": \"$solution\"}" |
  refused CHALLENGE_FAILED "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/JoinRoom "$(token fan mallory)"
