#!/usr/bin/env bash
# TicketService.CheckInTicket: once.
. "$(dirname "$0")/lib.sh"
check_in() {
  echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"code\": \"$(load ticket-code)\", \"gate\": \"north\"}"
}
answer="$(check_in | rpc "$ONSALE_COMMAND" onsale.ticket.v1.TicketService/CheckInTicket "$(token scanner gate1)")"
echo "$answer"
expect "status" "$(get .ticket.status <<<"$answer")" TICKET_STATUS_CHECKED_IN
check_in | refused TICKET_USED "$ONSALE_COMMAND" onsale.ticket.v1.TicketService/CheckInTicket "$(token scanner gate1)"
