#!/usr/bin/env bash
# What a partner's system must be able to do, done against a running `up`: exchange a key, hold, book each outcome of a payment that
# the simulator can be made to have, read the feed, take webhooks, check every signature.
#
#   tools/partner-conformance.sh                      makes a partner and a key of its own, by the local issuer
#   ONSALE_API_KEY=osk_... ONSALE_EVENT=... tools/partner-conformance.sh     with yours
#
# The key needs all abilities and all events. Ends with 1 at the first thing that is not as docs/partners.md says.
. "$(dirname "$0")/grpcurl-scripts/lib.sh"
: "${ONSALE_HTTP:=http://127.0.0.1:7080}"
work="$(mktemp -d)"
receiver=
finish() {
  [ -z "$receiver" ] || kill "$receiver" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
webhooks="$root/tools/partner/webhooks.mjs"

if [ -z "${ONSALE_API_KEY:-}" ]; then
  admin() { rpc "$ONSALE_COMMAND" "onsale.partner.v1.PartnerAdminService/$1" "$(token operator olga)"; }
  partner="$(echo "{\"request_id\": \"$(new_id)\", \"name\": \"Conformance\"}" | admin CreatePartner | get .partner.partnerId)"
  ONSALE_API_KEY="$(echo "{\"request_id\": \"$(new_id)\", \"partner_id\": \"$partner\", \"label\": \"conformance\",
    \"scope\": {\"abilities\": [\"ABILITY_SELL\", \"ABILITY_READ\", \"ABILITY_FEED\"]}}" | admin CreateApiKey | get .apiKey)"
fi
event="${ONSALE_EVENT:-$(curl -sf "$ONSALE_HTTP/v1/events?query=breakwaters" | get '.events[0].eventId')}"

bearer="$(echo '{}' | RPC_HEADER="onsale-api-key: $ONSALE_API_KEY" \
  rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerTokenService/ExchangeApiKey | get .accessToken)"
echo "ok    the key is exchanged for a token"
partner_rpc() { rpc "$ONSALE_COMMAND" "onsale.$1" "$bearer"; }
echo '{}' | rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerTokenService/ListPartnerKeys | get .jwks >"$work/jwks.json"

node "$webhooks" receive "$work/deliveries" >"$work/port" &
receiver=$!
listening() { [ -s "$work/port" ]; }
eventually listening
: >"$work/deliveries"
answer="$(echo "{\"request_id\": \"$(new_id)\", \"url\": \"http://127.0.0.1:$(cat "$work/port")/onsale\"}" |
  partner_rpc partner.v1.PartnerWebhookService/CreateWebhook)"
webhook="$(get .webhook.webhookId <<<"$answer")"
secret="$(get .secret <<<"$answer")"
end_webhook() {
  echo "{\"request_id\": \"$(new_id)\", \"webhook_id\": \"$webhook\"}" |
    partner_rpc partner.v1.PartnerWebhookService/DeleteWebhook >/dev/null 2>&1 || true
  finish
}
trap end_webhook EXIT
echo "ok    a webhook is set up"

# sell TOKEN: holds a seat and books it with this payment; prints the booking.
sell() {
  local hold
  hold="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$event\", \"best_available\": {\"quantity\": 1}}" |
    partner_rpc inventory.v1.HoldService/CreateHold)"
  partner_rpc booking.v1.BookingService/CreateBooking <<JSON | get .booking.bookingId
{"request_id": "$(new_id)", "hold_id": "$(get .hold.holdId <<<"$hold")", "fence": "$(get .hold.fence <<<"$hold")",
 "payment_token": "$1_$(new_id)", "contact": {"name": "Conny Example", "email": "conny@example.com"}}
JSON
}
approved="$(sell tok_approve)"
declined="$(sell tok_decline_insufficient_funds)"
unknown="$(sell tok_timeout)"
lost="$(sell tok_lost_answer)"
late="$(sell tok_late_answer)"

# Everything behind a cursor, as lines `number kind booking`, each signature checked.
feed() {
  local cursor="" page
  while :; do
    page="$(echo "{\"cursor\": \"$cursor\", \"limit\": 100}" | partner_rpc partner.v1.PartnerFeedService/ListChanges)"
    echo "$page" >"$work/page"
    node "$webhooks" check-feed "$work/page" "$work/jwks.json"
    cursor="$(get .nextCursor <<<"$page")"
    [ "$(get .more <<<"$page" 2>/dev/null || echo false)" = true ] || break
  done
}
delivered() { node "$webhooks" check "$work/deliveries" "$secret" "$work/jwks.json"; }
# kinds FILE BOOKING: what is told of a booking, in order.
kinds() { grep " $2\$" "$1" | cut -d ' ' -f 2 | paste -sd ' '; }
sold="BOOKING_CREATED BOOKING_CONFIRMED TICKETS_ISSUED"
told() { # SOURCE: feed or delivered
  "$1" >"$work/$1"
  [ "$(kinds "$work/$1" "$approved")" = "$sold" ] &&
    [ "$(kinds "$work/$1" "$declined")" = "BOOKING_CREATED BOOKING_FAILED" ] &&
    [ "$(kinds "$work/$1" "$lost")" = "$sold" ] &&
    [ "$(kinds "$work/$1" "$late")" = "$sold" ] &&
    [ "$(kinds "$work/$1" "$unknown")" = "BOOKING_CREATED" ]
}
wait_for() { # SOURCE
  local deadline=$((SECONDS + 45))
  until told "$1"; do
    [ $SECONDS -lt $deadline ] || { echo "not told as it should be by $1:" >&2; cat "$work/$1" >&2; exit 1; }
    sleep 1
  done
}
wait_for feed
echo "ok    the feed tells each outcome: approved, declined, unknown, answer lost, answer late"
expect "numbers without gaps" "$(cut -d ' ' -f 1 "$work/feed" | awk 'NR > 1 && $1 != before + 1 {print "gap"} {before = $1}')" ""
echo "ok    its numbers have no gaps, and every change is signed"
state="$(echo "{\"booking_id\": \"$unknown\"}" | partner_rpc booking.v1.BookingService/GetBooking | get .booking.status)"
expect "a payment nobody knows of" "$state" BOOKING_STATUS_PENDING
echo "ok    a booking whose payment is unknown stays PENDING"
wait_for delivered
echo "ok    the webhook told the same, each booking in its order, every delivery signed twice"
echo '{}' | RPC_HEADER="onsale-api-key: ${ONSALE_API_KEY%?}x" \
  refused TOKEN_INVALID "$ONSALE_COMMAND" onsale.partner.v1.PartnerTokenService/ExchangeApiKey >/dev/null
echo "ok    a key that is not quite ours is refused"
echo "conformant, in $SECONDS s"
