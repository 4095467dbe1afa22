#!/usr/bin/env bash
# TicketService.ListTicketKeys: what a scanner needs to check codes offline.
. "$(dirname "$0")/lib.sh"
answer="$(echo '{}' | rpc "$ONSALE_COMMAND" onsale.ticket.v1.TicketService/ListTicketKeys "$(token scanner gate1)")"
echo "$answer"
get '.keys[0].kid' <<<"$answer" >/dev/null
