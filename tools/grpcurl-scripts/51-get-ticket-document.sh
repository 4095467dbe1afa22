#!/usr/bin/env bash
# TicketService.GetTicketDocument: the code, and the PDF.
. "$(dirname "$0")/lib.sh"
answer="$(echo "{\"ticket_id\": \"$(load ticket)\", \"format\": \"TICKET_FORMAT_PDF\"}" |
  rpc "$ONSALE_COMMAND" onsale.ticket.v1.TicketService/GetTicketDocument "$(token fan alice)")"
get .code <<<"$answer" | save ticket-code
get .document <<<"$answer" | base64 -d >"$ONSALE_STATE/ticket.pdf"
expect "the document" "$(head -c 5 "$ONSALE_STATE/ticket.pdf")" "%PDF-"
echo "wrote ticket.pdf"
