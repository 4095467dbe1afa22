#!/usr/bin/env bash
# RefundService.RetryRefund: the provider refuses a refund twice; nobody wants to wait until it is tried again by itself.
. "$(dirname "$0")/lib.sh"
hold="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$(load event)\", \"best_available\": {\"quantity\": 1}}" |
  rpc "$ONSALE_COMMAND" onsale.inventory.v1.HoldService/CreateHold "$(token fan frank)")"
booking="$(rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/CreateBooking "$(token fan frank)" <<JSON | get .booking.bookingId
{"request_id": "$(new_id)", "hold_id": "$(get .hold.holdId <<<"$hold")", "fence": "$(get .hold.fence <<<"$hold")",
 "payment_token": "tok_refund_refused_twice", "contact": {"name": "Frank Example", "email": "frank@example.com"}}
JSON
)"
issued() {
  [ "$(echo "{\"booking_id\": \"$booking\"}" |
    rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/GetBooking "$(token fan frank)" | get .booking.ticketsIssued)" = true ]
}
eventually issued
refund="$(echo "{\"request_id\": \"$(new_id)\", \"booking_id\": \"$booking\"}" |
  rpc "$ONSALE_COMMAND" onsale.booking.v1.BookingService/CancelBooking "$(token fan frank)" | get .cancellation.cancellationId)"
save refund <<<"$refund"
list() {
  echo "{\"booking_id\": \"$booking\"}" |
    rpc "$ONSALE_COMMAND" onsale.booking.v1.RefundService/ListRefunds "$(token operator olga)"
}
refused_() { [ "$(list | get '.refunds[0].refusal')" = insufficient_balance ]; }
for _ in 1 2; do
  eventually refused_
  echo "{\"request_id\": \"$(new_id)\", \"refund_id\": \"$refund\"}" |
    rpc "$ONSALE_COMMAND" onsale.booking.v1.RefundService/RetryRefund "$(token operator olga)"
done
done_() { [ "$(list | get '.refunds[0].state')" = REFUND_STATE_DONE ]; }
eventually done_
list
