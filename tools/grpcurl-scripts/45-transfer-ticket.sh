#!/usr/bin/env bash
# TicketService.TransferTicket: a ticket changes hands; the giver's code opens nothing any more.
. "$(dirname "$0")/lib.sh"
hold="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"best_available\": {\"quantity\": 1}}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan frank)")"
booking="$(rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/CreateBooking "$(token fan frank)" <<JSON | get .booking.bookingId
{"request_id": "$(new_id)", "hold_id": "$(get .hold.holdId <<<"$hold")", "fence": "$(get .hold.fence <<<"$hold")",
 "payment_token": "tok_approve", "contact": {"name": "Frank Example", "email": "frank@example.com"}}
JSON
)"
read_booking() {
  echo "{\"booking_id\": \"$booking\"}" |
    rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/GetBooking "$(token fan frank)"
}
issued() { [ "$(read_booking | get .booking.ticketsIssued)" = true ]; }
eventually issued
ticket="$(read_booking | get '.booking.items[0].ticketId')"
answer="$(rpc "$ONSALE_COMMAND" onsale.ticket.v1.TicketService/TransferTicket "$(token fan frank)" <<JSON
{"request_id": "$(new_id)", "ticket_ids": ["$ticket"], "recipient_account": "grace", "recipient_email": "grace@example.com"}
JSON
)"
echo "$answer"
expect "status" "$(get '.tickets[0].status' <<<"$answer")" TICKET_STATUS_VALID
get '.tickets[0].ticketId' <<<"$answer" | save transferred-ticket
echo "{\"ticket_id\": \"$ticket\"}" |
  refused TICKET_VOID "$ONSALE_COMMAND" onsale.ticket.v1.TicketService/GetTicketDocument "$(token fan frank)"
own="$(echo "{\"event_id\": \"$(load event)\"}" |
  rpc "$ONSALE_COMMAND" onsale.ticket.v1.TicketService/ListTickets "$(token fan grace)")"
expect "grace's ticket" "$(get '.tickets[0].ticketId' <<<"$own")" "$(load transferred-ticket)"
