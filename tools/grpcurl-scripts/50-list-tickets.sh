#!/usr/bin/env bash
# TicketService.ListTickets
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"booking_id\": \"$(load booking)\"}" |
  rpc "$ONSALE_COMMAND" onsale.ticket.v1.TicketService/ListTickets "$(token fan alice)")"
echo "$answer"
get '.tickets[0].ticketId' <<<"$answer" | save ticket
