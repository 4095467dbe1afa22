#!/usr/bin/env bash
# TicketService.ListTicketTransfers: who had a ticket's place.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"ticket_id\": \"$(load transferred-ticket)\"}" |
  rpc "$ONSALE_COMMAND" onsale.ticket.v1.TicketService/ListTicketTransfers "$(token support sue)")"
echo "$answer"
expect "first account" "$(get .firstAccount <<<"$answer")" frank
expect "owner" "$(get '.transfers[0].toAccount' <<<"$answer")" grace
