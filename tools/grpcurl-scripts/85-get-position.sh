#!/usr/bin/env bash
# WaitingRoomService.GetPosition: with the place ticket of the account itself only.
. "$(dirname "$0")/lib.sh"
place() { # FAN TICKET
  echo "{\"place_ticket\": \"$2\"}" |
    rpc "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/GetPosition "$(token fan "$1")"
}
# Two may be inside at once, so two of the three are called; the script goes on with one of them.
called() {
  for fan in wanda walter wilma; do
    file="place-ticket$([ "$fan" = wanda ] || echo "-$fan")"
    if place "$fan" "$(load "$file")" | grep -q NEXT_STEP_CLAIM; then
      echo "$fan" | save admitted-fan
      load "$file" | save admitted-ticket
      return
    fi
  done
  return 1
}
eventually called
place "$(load admitted-fan)" "$(load admitted-ticket)"
echo "{\"place_ticket\": \"$(load admitted-ticket)\"}" |
  refused PLACE_TICKET_INVALID "$ONSALE_WAITING_ROOM" onsale.waitingroom.v1.WaitingRoomService/GetPosition "$(token fan mallory)"
