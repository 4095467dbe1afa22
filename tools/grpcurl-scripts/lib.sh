# Shared by every script here: how to call an RPC, how to read its answer, and what one script leaves for the next.
# Source it; don't run it.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"

: "${ONSALE_COMMAND:=127.0.0.1:7001}"
: "${ONSALE_QUERY:=127.0.0.1:7002}"
: "${ONSALE_WAITING_ROOM:=127.0.0.1:7003}"
: "${ONSALE_PAYMENT:=127.0.0.1:7004}"
: "${ONSALE_STATE:=$root/target/grpcurl-scripts}"
mkdir -p "$ONSALE_STATE"

# token ROLE SUB: a signed token of the embedded issuer, made once.
token() {
  local file="$ONSALE_STATE/token-$1-$2"
  [ -s "$file" ] || "$root/onsale" token --role "$1" --sub "$2" ${ONSALE_DATA:+--data "$ONSALE_DATA"} | tail -n 1 >"$file"
  cat "$file"
}

# rpc HOST:PORT SERVICE/METHOD [TOKEN [ADMISSION]]: sends the JSON on standard input (several messages for a stream), prints
# the answer. Gives up after RPC_SECONDS (20). RPC_HEADER is one more header, `name: value`.
rpc() {
  local headers=()
  [ -z "${3:-}" ] || headers=(-H "authorization: Bearer $3")
  [ -z "${4:-}" ] || headers+=(-H "onsale-admission: $4")
  [ -z "${RPC_HEADER:-}" ] || headers+=(-H "$RPC_HEADER")
  if command -v grpcurl >/dev/null; then
    grpcurl -plaintext -max-time "${RPC_SECONDS:-20}" "${headers[@]}" -d @ "$1" "$2"
  else
    timeout "${RPC_SECONDS:-20}" "$root/tools/buf.sh" curl --protocol grpc --http2-prior-knowledge "${headers[@]}" -d @- "http://$1/$2"
  fi
}

# get PATH: the value at a path like `.hold.seats[0].seatId` in the JSON on standard input; fails if there is none.
get() {
  if command -v jq >/dev/null; then
    jq -er "$1"
  else
    node -e '
      const v = JSON.parse(require("fs").readFileSync(0, "utf8"));
      const parts = process.argv[1].match(/[^.[\]]+/g) || [];
      const found = parts.reduce((at, part) => (at === undefined || at === null ? undefined : at[part]), v);
      if (found === undefined || found === null) process.exit(1);
      console.log(typeof found === "object" ? JSON.stringify(found) : String(found));' "$1"
  fi
}

# save NAME: keeps the value on standard input for the scripts that follow. load NAME: reads it.
save() { cat >"$ONSALE_STATE/$1"; }
load() {
  cat "$ONSALE_STATE/$1" 2>/dev/null || { echo "run the scripts before this one first: no $1 in $ONSALE_STATE" >&2; exit 1; }
}

# expect WHAT GOT WANTED: ends the script if they differ.
expect() {
  [ "$2" = "$3" ] || { echo "$1: got '$2', wanted '$3'" >&2; exit 1; }
}

# refused REASON HOST:PORT SERVICE/METHOD [TOKEN]: the call on standard input must fail with this reason. grpcurl prints
# the details as JSON, buf curl as the base64 of their bytes.
refused() {
  local reason="$1" answer details
  shift
  if answer="$(rpc "$@" 2>&1)"; then
    echo "was not refused: $answer" >&2
    exit 1
  fi
  details="$(sed -n 's/.*"value": "\([A-Za-z0-9+/]*\).*/\1==/p' <<<"$answer" | while read -r value; do
    base64 -di <<<"$value" 2>/dev/null | tr -c '[:print:]' ' ' || true
  done)"
  case "$answer $details" in
    *"$reason"*) echo "refused with $reason" ;;
    *) echo "wanted $reason, got: $answer" >&2 && exit 1 ;;
  esac
}

# eventually COMMAND...: repeats it until it succeeds, at most 15 s. For what the read side shows a moment later.
eventually() {
  local deadline=$((SECONDS + 15))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || { "$@"; return 1; }
    sleep 0.2
  done
}

# solve: the solution of the proof of work on standard input, as ALTCHA's widget would make it.
solve() {
  node -e '
    const { createHash } = require("crypto");
    const c = JSON.parse(require("fs").readFileSync(0, "utf8"));
    for (let number = 0; number <= c.maxnumber; number++) {
      if (createHash("sha256").update(c.salt + number).digest("hex") === c.challenge) {
        const { algorithm, challenge, salt, signature } = c;
        console.log(Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString("base64"));
        process.exit(0);
      }
    }
    process.exit(1);'
}

# partner_token NAME: a fresh access token for the API key that was saved under this name.
partner_token() {
  echo '{}' | RPC_HEADER="onsale-api-key: $(load "$1")" rpc "$ONSALE_COMMAND" onsale.partner.v1.PartnerTokenService/ExchangeApiKey |
    get .accessToken
}

new_id() { od -An -N12 -tx1 /dev/urandom | tr -d ' \n'; }
in_days() { date -u -d "+$1 days" +%Y-%m-%dT%H:%M:%SZ; }
