#!/usr/bin/env bash
# Runs each service alone by `java -jar` with a settings file, against the stores of a running `up`, on ports of its own:
# tools/services-alone.sh DATA. Each must become ready, answer its health RPC, and end well when told to.
set -euo pipefail
cd "$(dirname "$0")/.."
data="$(readlink -f "$1")"
java="$(./onsale jdk)/bin/java"
work="$(mktemp -d)"
pids=()
finish() {
  [ ${#pids[@]} = 0 ] || kill -TERM "${pids[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
endpoint() { sed -n "s/^$1=//p" "$data/endpoints.properties" | sed 's/\\//g'; }
jdbc="$(endpoint jdbc-url)"

cat >"$work/settings.yaml" <<YAML
rpc.reflection: public
redis.url: $(endpoint redis-url)
elasticsearch.url: $(endpoint elasticsearch-url)
sql: {url: "${jdbc#jdbc:}", user: $(endpoint sql-user), password: "$(endpoint sql-password)"}
auth: {jwks-file: $data/issuer/jwks.json, issuer-directory: $data/issuer}
auth.partner-jwks-url: http://127.0.0.1:19901/.well-known/partner-jwks.json
partner.key-file: $data/partners/keys.json
ticket.key-file: $data/tickets/keys.json
presale.pepper-file: $data/presales/pepper
admission.jwks-url: http://127.0.0.1:19903/.well-known/admission-jwks.json
mail: {host: 127.0.0.1, port: $(endpoint mail)}
payment: {port: 17904, http-port: 17984, management-port: 19904, simulator.ledger: $work/ledger.jsonl}
command: {port: 17901, management-port: 19901}
query: {port: 17902, http-port: 17980, management-port: 19902}
waiting-room: {port: 17903, management-port: 19903}
YAML

ready() { # NAME PORT PID
  for _ in $(seq 1 120); do
    curl -sf "http://127.0.0.1:$2/health/ready" >/dev/null && return
    kill -0 "$3" 2>/dev/null || break
    sleep 0.5
  done
  echo "$1 did not get ready:" >&2
  tail -n 30 "$work/$1.log" >&2
  exit 1
}

. tools/grpcurl-scripts/lib.sh
for each in payment-adapter:payment:04 command-service:command:01 query-service:query:02 waiting-room:waiting-room:03; do
  IFS=: read -r module name port <<<"$each"
  "$java" -jar "$module"/target/onsale-"$module"-[0-9]*.jar --config "$work/settings.yaml" >"$work/$name.log" 2>&1 &
  pids+=($!)
  ready "$name" "199$port" $!
  echo '{}' | rpc "127.0.0.1:179$port" grpc.health.v1.Health/Check | grep -q SERVING
  echo "ok    $module alone"
done

for pid in "${pids[@]}"; do
  kill -TERM "$pid"
done
for pid in "${pids[@]}"; do
  code=0
  wait "$pid" || code=$?
  [ $code = 0 ] || [ $code = 143 ] || { echo "a service ended with $code" >&2; tail -n 20 "$work"/*.log >&2; exit 1; }
done
pids=()
echo "each service runs alone"
