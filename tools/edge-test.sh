#!/usr/bin/env bash
# The edge as it is: a real nginx with deploy/edge in front of a running `up`: tools/edge-test.sh DATA
# Buys through it over TLS with an authority of its own, then does what an attacker, a bot and a bad day would do.
set -euo pipefail
cd "$(dirname "$0")/.."
data="$(readlink -f "$1")"
command -v nginx >/dev/null || { echo "nginx is missing: install Debian's nginx-light" >&2; exit 1; }

work="$(mktemp -d)"
chmod 755 "$work" # nginx's workers give up root.
pids=()
finish() {
  [ ${#pids[@]} = 0 ] || kill -TERM "${pids[@]}" 2>/dev/null || true
  [ ${#pids[@]} = 0 ] || wait "${pids[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
endpoint() { sed -n "s/^$1=//p" "$data/endpoints.properties" | sed 's/\\//g'; }
export ONSALE_DATA="$data"
. tools/grpcurl-scripts/lib.sh

tools/edge-methods.sh

# --- An authority and a certificate --------------------------------------------------------------------------------------
ca="$work/ca.pem"
quietly() { "$@" >/dev/null 2>"$work/openssl.log" || { cat "$work/openssl.log" >&2; exit 1; }; }
quietly openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/ca-key.pem" -out "$ca" -days 2 \
  -subj "/CN=edge test" -addext "basicConstraints=critical,CA:TRUE"
quietly openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/key.pem" -out "$work/csr.pem" \
  -subj "/CN=localhost"
printf 'subjectAltName=DNS:localhost\n' >"$work/san"
quietly openssl x509 -req -in "$work/csr.pem" -CA "$ca" -CAkey "$work/ca-key.pem" -CAcreateserial -days 2 \
  -extfile "$work/san" -out "$work/certificate.pem"

# --- Starting edges and what stands behind them --------------------------------------------------------------------------
port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
listening() { # PORT WHAT
  for _ in $(seq 1 100); do
    ! port_open "$1" || return 0
    sleep 0.1
  done
  echo "$2 does not listen on $1" >&2
  [ ! -f "$work/$2/error.log" ] || cat "$work/$2/error.log" >&2
  exit 1
}
# edge NAME PORT [SETTING=VALUE]...: an nginx on that port; what is not set is the running `up`.
edge() {
  local name="$1" port="$2"
  shift 2
  mkdir -p "$work/$name"
  chmod 755 "$work/$name"
  env EDGE_SERVER_NAME=localhost EDGE_LISTEN="127.0.0.1:$port" EDGE_CERTIFICATE="$work/certificate.pem" \
    EDGE_KEY="$work/key.pem" EDGE_STATE="$work/$name" EDGE_ACCESS_LOG="$work/$name/access.log" \
    EDGE_ERROR_LOG="$work/$name/error.log" EDGE_CONF="$work/$name" \
    EDGE_COMMAND="127.0.0.1:$(endpoint command)" EDGE_QUERY="127.0.0.1:$(endpoint query)" \
    EDGE_WAITING_ROOM="127.0.0.1:$(endpoint waiting-room)" EDGE_QUERY_HTTP="127.0.0.1:$(endpoint http)" \
    "$@" deploy/edge/render.sh >"$work/$name/nginx.conf"
  cp -n deploy/edge/*.conf "$work/$name/"
  nginx -p "$work/$name" -c "$work/$name/nginx.conf" -g 'daemon off;' 2>>"$work/$name/start.log" &
  pids+=($!)
  listening "$port" "$name"
}
# upstream NAME PORT grpc|http die|answer: a server that counts in $work/NAME.
upstream() {
  : >"$work/$1"
  node tools/edge/upstream.mjs "$2" "$3" "$4" "$work/$1" &
  pids+=($!)
  listening "$2" "upstream $1"
}
taken() { wc -l <"$work/$1"; }

# --- Calling -------------------------------------------------------------------------------------------------------------
[ -f target/proto-imports/buf/validate/validate.proto ] || tools/proto-imports.sh
tools/buf.sh build -o "$work/contracts.binpb"
# through PORT METHOD [TOKEN [grpc|grpcweb]]: the JSON on standard input, over TLS, without reflection.
through() {
  local headers=()
  [ -z "${3:-}" ] || headers=(-H "authorization: Bearer $3")
  timeout 20 tools/buf.sh curl --protocol "${4:-grpc}" --schema "$work/contracts.binpb" --cacert "$ca" "${headers[@]}" \
    "${user_agent[@]}" -d @- "https://localhost:$1/$2"
}
user_agent=()
frame="$work/frame"
content_type=application/grpc
printf '\0\0\0\0\0' >"$frame" # An empty message.
# raw PORT METHOD [CURL OPTION]...: the headers of the answer.
raw() {
  local port="$1" method="$2"
  shift 2
  curl -s --max-time 20 --cacert "$ca" --http2 -o /dev/null -D - -H "content-type: $content_type" -H 'te: trailers' \
    --data-binary "@$frame" "$@" "https://localhost:$port/$method" | tr -d '\r' || true # What comes back is what counts: the edge may answer before it has read all.
}
header() { sed -n "s/^$1: //Ip" | tail -n 1; }
status() { sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p'; }
get_http() { curl -s --max-time 20 --cacert "$ca" -D - -o /dev/null "$@" | tr -d '\r'; }
ok() { echo "ok    $*"; }

base="${EDGE_TEST_PORT:-7443}"
edge main "$base" EDGE_COMMANDS_PER_SECOND=100 EDGE_COMMANDS_BURST=200 EDGE_READS_PER_SECOND=500 EDGE_READS_BURST=1000
event="$(endpoint event-id)"
fan="$(token fan "edge-$(new_id)")"

# --- A fan buys ----------------------------------------------------------------------------------------------------------
hold="$(echo "{\"request_id\": \"$(new_id)\", \"event_id\": \"$event\", \"best_available\": {\"quantity\": 2}}" |
  through "$base" onsale.inventory.v1.HoldService/CreateHold "$fan")"
booking="$(through "$base" onsale.booking.v1.BookingService/CreateBooking "$fan" <<JSON
{"request_id": "$(new_id)", "hold_id": "$(get .hold.holdId <<<"$hold")", "fence": "$(get .hold.fence <<<"$hold")",
 "payment_token": "tok_approve", "contact": {"name": "Edge Example", "email": "edge@example.com"}}
JSON
)"
watched="$(echo "{\"booking_id\": \"$(get .booking.bookingId <<<"$booking")\"}" |
  through "$base" onsale.booking.v1.BookingService/WatchBooking "$fan")"
grep -q BOOKING_STATUS_CONFIRMED <<<"$watched" || { echo "not confirmed: $watched" >&2; exit 1; }
ok "two tickets bought over TLS, watched to the end"
echo "{\"event_id\": \"$event\"}" | through "$base" onsale.query.v1.CatalogQueryService/GetEvent "" grpcweb | get .event >/dev/null
ok "gRPC-Web passes"

# --- TLS -----------------------------------------------------------------------------------------------------------------
! curl -s --max-time 10 -k --resolve "other.example:$base:127.0.0.1" "https://other.example:$base/healthz" >/dev/null ||
  { echo "answered under another name" >&2; exit 1; }
! openssl s_client -connect "127.0.0.1:$base" -servername localhost -tls1_1 -cipher 'ALL:@SECLEVEL=0' </dev/null >/dev/null 2>&1 ||
  { echo "speaks TLS 1.1" >&2; exit 1; }
[ "$(openssl s_client -connect "127.0.0.1:$base" -servername localhost -alpn h2 </dev/null 2>/dev/null |
  sed -n 's/^ALPN protocol: //p')" = h2 ]
ok "TLS 1.2 and newer, h2, under its own name only"

# --- Caching -------------------------------------------------------------------------------------------------------------
hash="$(echo "{\"event_id\": \"$event\"}" | through "$base" onsale.query.v1.SeatMapService/GetSeatMap | get .layoutHash)"
picture="https://localhost:$base/v1/layouts/$hash/venue.svg"
first="$(get_http "$picture")"
again="$(get_http "$picture")"
expect "the first picture" "$(header x-cache <<<"$first")" MISS
expect "the second picture" "$(header x-cache <<<"$again")" HIT
expect "the same picture" "$(get_http -H "if-none-match: $(header etag <<<"$again")" "$picture" | status)" 304
for page in "v1/events/$event" "v1/events/$event/venue.png"; do
  get_http "https://localhost:$base/$page" >/dev/null
  expect "$page" "$(get_http "https://localhost:$base/$page" | header x-cache)" HIT
done
ok "pictures and public reads come from the cache, 304 for who has them"

# --- What is not public --------------------------------------------------------------------------------------------------
operator="$(token operator edge)"
for method in onsale.catalog.v1.CatalogAdminService/ListEvents onsale.payment.v1.PaymentService/GetPayment \
  onsale.query.v1.BookingSearchService/SearchBookings onsale.waitingroom.v1.WaitingRoomAdminService/ListRooms \
  grpc.reflection.v1.ServerReflection/ServerReflectionInfo grpc.health.v1.Health/Check onsale.no.v1.SuchService/GetThing; do
  expect "$method" "$(raw "$base" "$method" -H "authorization: Bearer $operator" | header grpc-status)" 12
done
echo '{}' | rpc "127.0.0.1:$(endpoint command)" onsale.catalog.v1.CatalogAdminService/ListEvents "$operator" >/dev/null
for page in metrics health/ready simulator/ledger webhooks/simulator v2/events .well-known/jwks.json; do
  expect "/$page" "$(get_http "https://localhost:$base/$page" | status)" 404
done
ok "administration, payment, support, reflection and management are not routed"

# --- Bots, countries, sizes ----------------------------------------------------------------------------------------------
bot=(-A "Mozilla/5.0 HeadlessChrome/119.0")
expect "a bot reads" "$(get_http "${bot[@]}" "https://localhost:$base/v1/events/$event" | status)" 403
expect "a bot holds" "$(raw "$base" onsale.inventory.v1.HoldService/CreateHold "${bot[@]}" | header grpc-status)" 7
large=(-H "x-large: $(head -c 40000 /dev/zero | tr '\0' a)")
expect "large headers" "$(get_http --http1.1 "${large[@]}" "https://localhost:$base/v1/events/$event" | status)" 400
refused_large="$(raw "$base" onsale.inventory.v1.HoldService/GetHold "${large[@]}" | status || true)"
[ "$refused_large" != 200 ] || { echo "large headers over HTTP/2 were taken" >&2; exit 1; }
head -c 200000 /dev/zero >"$work/large"
expect "a large message" "$(frame="$work/large" raw "$base" onsale.inventory.v1.HoldService/CreateHold | header grpc-status)" 8
expect "a POST to a page" "$(get_http -X POST -d x "https://localhost:$base/v1/events/$event" | status)" 403
mkdir -p "$work/abroad"
echo "127.0.0.0/8 XX;" >"$work/abroad/countries.conf"
echo "XX 1;" >"$work/abroad/denied-countries.conf"
edge abroad $((base + 1))
expect "a denied country reads" "$(get_http "https://localhost:$((base + 1))/v1/events/$event" | status)" 451
expect "a denied country holds" "$(raw $((base + 1)) onsale.inventory.v1.HoldService/CreateHold | header grpc-status)" 7
expect "a forged country" "$(get_http -H 'x-country: DE' "https://localhost:$((base + 1))/v1/events/$event" | status)" 451
ok "bots, denied countries and what is too large are refused"

# --- Limits --------------------------------------------------------------------------------------------------------------
edge strict $((base + 2)) EDGE_COMMANDS_PER_SECOND=1 EDGE_COMMANDS_BURST=1 EDGE_READS_PER_SECOND=1 EDGE_READS_BURST=1
limited="$(raw $((base + 2)) 'onsale.inventory.v1.HoldService/CreateHold?n=[1-20]')" # The last of twenty in one go.
expect "one call too many" "$(header grpc-status <<<"$limited")" 8
expect "its HTTP status" "$(status <<<"$limited")" 200
details="$(header grpc-status-details-bin <<<"$limited" | sed 's/$/==/' | base64 -di 2>/dev/null | tr -c '[:print:]' ' ' || true)"
[[ "$details" == *RATE_LIMITED*onsale.dev*RetryInfo* ]] || { echo "the reason: $details" >&2; exit 1; }
codes="$(curl -s --max-time 20 --cacert "$ca" -o /dev/null -w '%{http_code}\n' "https://localhost:$((base + 2))/v1/events?n=[1-20]")"
[ "$(grep -c 429 <<<"$codes")" -ge 10 ] || { echo "twenty pages in one go: $codes" >&2; exit 1; }
expect "somebody else" "$(get_http --interface 127.0.0.2 "https://localhost:$((base + 2))/v1/events" | status)" 200
web="$(content_type=application/grpc-web+proto raw $((base + 2)) 'onsale.inventory.v1.HoldService/CreateHold?n=[1-5]')"
expect "to a browser" "$(header content-type <<<"$web")" application/grpc-web+proto
(while sleep 0.05; do raw $((base + 2)) 'onsale.inventory.v1.HoldService/CreateHold?n=[1-5]' >/dev/null; done) &
crowd=$!
pids+=("$crowd")
said="$(echo '{}' | through $((base + 2)) onsale.inventory.v1.HoldService/CreateHold "$fan" 2>&1 || true)"
kill "$crowd"
grep -q resource_exhausted <<<"$said" || { echo "a real client reads: $said" >&2; exit 1; }
ok "limits answer RESOURCE_EXHAUSTED with a reason to gRPC, 429 to HTTP, and nobody else notices"

# --- Sent once -----------------------------------------------------------------------------------------------------------
upstream dying $((base + 11)) grpc die
upstream dying-too $((base + 12)) grpc die
upstream well $((base + 13)) grpc answer
upstream http-dying $((base + 14)) http die
upstream http-well $((base + 15)) http answer
dead=$((base + 16)) # Nobody listens there.
edge breaking $((base + 3)) EDGE_COMMAND="127.0.0.1:$((base + 11)) 127.0.0.1:$((base + 12))"
for n in 1 2 3; do
  died="$(raw $((base + 3)) onsale.booking.v1.BookingService/CreateBooking -H 'x-forwarded-for: 6.6.6.6' -H 'x-real-ip: 6.6.6.6')"
  expect "a command whose server died" "$(header grpc-status <<<"$died")" 14
  expect "how often it was sent" $(($(taken dying) + $(taken dying-too))) "$n"
done
ok "a command whose server dies after delivery is not sent again"
! grep -q 6.6.6.6 "$work/dying" "$work/dying-too" || { echo "an address was believed" >&2; exit 1; }
grep -q '"forwarded":"127.0.0.1"' "$work/dying"
ok "x-forwarded-for is the edge's own"
edge half $((base + 4)) EDGE_COMMAND="127.0.0.1:$dead 127.0.0.1:$((base + 13))" \
  EDGE_QUERY_HTTP="127.0.0.1:$((base + 14)) 127.0.0.1:$((base + 15))"
for n in 1 2 3 4; do
  raw $((base + 4)) onsale.booking.v1.BookingService/CreateBooking >"$work/answer"
  expect "a command beside a dead server" "$(status <"$work/answer")" 200
  expect "and its status" "$(header grpc-status <"$work/answer")" 0
  expect "how often it was sent" "$(taken well)" "$n"
done
for n in 1 2 3 4; do
  expect "a page whose server dies" "$(get_http "https://localhost:$((base + 4))/v1/events?n=$n" | status)" 200
done
[ $(($(taken http-dying) + $(taken http-well))) -gt 4 ] || { echo "no page was asked for twice" >&2; exit 1; }
ok "a server that can't be reached is passed over, a page is asked for again elsewhere"

# --- Rapid reset ---------------------------------------------------------------------------------------------------------
node tools/edge/rapid-reset.mjs "https://localhost:$base" "$ca" 20000 >"$work/flood" &
flood=$!
pids+=("$flood")
calls=0
while kill -0 "$flood" 2>/dev/null; do
  expect "another client in the flood" \
    "$(get_http --interface 127.0.0.2 "https://localhost:$base/v1/events/$event/seat-statuses" | status)" 200
  calls=$((calls + 1))
  sleep 0.05
done
wait "$flood"
[ "$calls" -ge 1 ]
sent="$(get .sent <"$work/flood")" connections="$(get .connections <"$work/flood")"
sleep 1.5 # The access log is written once a second.
begun="$(grep -c 'SearchEvents' "$work/main/access.log" || true)"
reached="$(grep -c 'SearchEvents.*upstream=127' "$work/main/access.log" || true)"
[ "$begun" -le $((connections * 1000)) ] || { echo "$begun of $sent streams were begun on $connections connections" >&2; exit 1; }
echo "{\"event_id\": \"$event\"}" | rpc "127.0.0.1:$(endpoint query)" onsale.query.v1.CatalogQueryService/GetEvent >/dev/null
ok "of $sent reset streams on $connections connections $begun were begun, $reached reached a service; $calls calls of another client were answered meanwhile"

# --- TLS to the services ------------------------------------------------------------------------------------------------
jdbc="$(endpoint jdbc-url)"
inner=$((base + 20))
cat >"$work/query.yaml" <<YAML
redis.url: $(endpoint redis-url)
elasticsearch.url: $(endpoint elasticsearch-url)
sql: {url: "${jdbc#jdbc:}", user: $(endpoint sql-user), password: "$(endpoint sql-password)"}
auth: {jwks-file: $data/issuer/jwks.json, issuer-directory: $data/issuer}
tls: {certificate-file: $work/certificate.pem, key-file: $work/key.pem, client-ca-file: $ca}
rpc: {tls: always, client-auth: required}
query: {port: $inner, http-port: $((base + 21)), http-tls: always, http-client-auth: required, management-port: $((base + 22))}
command.port: $(endpoint command)
YAML
"$(./onsale jdk)/bin/java" -jar query-service/target/onsale-query-service-[0-9]*.jar --config "$work/query.yaml" >"$work/query.log" 2>&1 &
pids+=($!)
for _ in $(seq 1 120); do
  ! curl -sf "http://127.0.0.1:$((base + 22))/health/ready" >/dev/null || break
  sleep 0.5
done
edge inside $((base + 5)) EDGE_QUERY="127.0.0.1:$inner" EDGE_QUERY_HTTP="127.0.0.1:$((base + 21))" EDGE_UPSTREAM_CA="$ca" \
  EDGE_UPSTREAM_NAME=localhost EDGE_UPSTREAM_CERTIFICATE="$work/certificate.pem" EDGE_UPSTREAM_KEY="$work/key.pem"
edge stranger $((base + 6)) EDGE_QUERY="127.0.0.1:$inner" EDGE_QUERY_HTTP="127.0.0.1:$((base + 21))" EDGE_UPSTREAM_CA="$ca" \
  EDGE_UPSTREAM_NAME=other.example EDGE_UPSTREAM_CERTIFICATE="$work/certificate.pem" EDGE_UPSTREAM_KEY="$work/key.pem"
echo "{\"event_id\": \"$event\"}" | through $((base + 5)) onsale.query.v1.CatalogQueryService/GetEvent | get .event >/dev/null ||
  { tail -n 20 "$work/query.log" "$work/inside/error.log" >&2; exit 1; }
expect "a page over TLS all the way" "$(get_http "https://localhost:$((base + 5))/v1/events/$event" | status)" 200
expect "a service under another name" "$(raw $((base + 6)) onsale.query.v1.CatalogQueryService/GetEvent | header grpc-status)" 14
expect "its pages" "$(get_http "https://localhost:$((base + 6))/v1/events/$event" | status)" 502
! raw "$inner" onsale.query.v1.CatalogQueryService/GetEvent | grep -q HTTP/2 || { echo "a caller without a certificate got in" >&2; exit 1; }
ok "the edge speaks mTLS to a service, and to no other that has not its name"

! grep -hE '\[(alert|crit|emerg)\]' "$work"/*/error.log >&2 || { echo "nginx is not well" >&2; exit 1; }
echo "the edge holds"
