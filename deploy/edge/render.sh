#!/usr/bin/env bash
# Fills nginx.conf.template with the values in the environment and prints the result: deploy/edge/render.sh >nginx.conf
# README.md says which there are.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
text="$(cat "$here/nginx.conf.template")"

# Nothing that ends a directive may come in by a value.
plain() {
  case "$2" in
    *[\;\{\}\"\'\\\$@]* | *$'\n'*) echo "$1: $2 (expected: no quotes, braces, semicolons, backslashes, \$ or @)" >&2 && exit 2 ;;
  esac
}
put() { text="${text//"@$1@"/"$2"}"; }
value() { # NAME DEFAULT
  local name="EDGE_$1" given
  given="${!name:-$2}"
  plain "$name" "$given"
  put "$1" "$given"
}
required() { # NAME
  local name="EDGE_$1"
  [ -n "${!name:-}" ] || { echo "$name: not set" >&2 && exit 2; }
  value "$1" ""
}
# lines NAME FORMAT VALUE...: one line for each value.
lines() {
  local name="$1" format="$2" each all=""
  shift 2
  for each in "$@"; do
    plain "EDGE_$name" "$each"
    # shellcheck disable=SC2059 # the format is ours
    all+="$(printf "$format" "$each")"$'\n'
  done
  put "$name" "${all%$'\n'}"
}

required SERVER_NAME
required CERTIFICATE
required KEY
value LISTEN 443
value STATE /var/lib/onsale-edge
value CONF "$here"
value ERROR_LOG stderr
value ACCESS_LOG /dev/stdout
value CACHE_SIZE 1g
value COMMANDS_PER_SECOND 10
value COMMANDS_BURST 30
value READS_PER_SECOND 50
value READS_BURST 150
value CALLS_AT_ONCE 100
value REQUESTS_PER_CONNECTION 1000
value COUNTRY_HEADER x_country

read -ra command <<<"${EDGE_COMMAND:-127.0.0.1:7001}"
read -ra query <<<"${EDGE_QUERY:-127.0.0.1:7002}"
read -ra waiting_room <<<"${EDGE_WAITING_ROOM:-127.0.0.1:7003}"
read -ra query_http <<<"${EDGE_QUERY_HTTP:-127.0.0.1:7080}"
read -ra trusted <<<"${EDGE_TRUSTED_PROXIES:-}"
read -ra origins <<<"${EDGE_WEB_ORIGINS:-}"
server='    server %s max_fails=3 fail_timeout=5s;'
lines COMMAND "$server" "${command[@]}"
lines QUERY "$server" "${query[@]}"
lines WAITING_ROOM "$server" "${waiting_room[@]}"
lines QUERY_HTTP "$server" "${query_http[@]}"
lines TRUSTED_NETWORKS '    %s 1;' "${trusted[@]}"
lines WEB_ORIGINS '    "%s" $http_origin;' "${origins[@]}"
if [ ${#trusted[@]} -gt 0 ]; then
  lines TRUSTED_PROXIES '  set_real_ip_from %s;' "${trusted[@]}"
  text="${text/  real_ip_recursive on;/  real_ip_header x-forwarded-for;
  real_ip_recursive on;}"
else
  put TRUSTED_PROXIES ""
fi

if [ -n "${EDGE_UPSTREAM_CA:-}" ]; then
  : "${EDGE_UPSTREAM_NAME:?the name in the certificates of the services}"
  tls=""
  for each in grpc proxy; do
    plain EDGE_UPSTREAM_CA "$EDGE_UPSTREAM_CA"
    plain EDGE_UPSTREAM_NAME "$EDGE_UPSTREAM_NAME"
    tls+="    ${each}_ssl_verify on;
    ${each}_ssl_verify_depth 4;
    ${each}_ssl_trusted_certificate $EDGE_UPSTREAM_CA;
    ${each}_ssl_name $EDGE_UPSTREAM_NAME;
    ${each}_ssl_server_name on;
    ${each}_ssl_protocols TLSv1.2 TLSv1.3;
"
    if [ -n "${EDGE_UPSTREAM_CERTIFICATE:-}" ]; then
      plain EDGE_UPSTREAM_CERTIFICATE "$EDGE_UPSTREAM_CERTIFICATE"
      plain EDGE_UPSTREAM_KEY "${EDGE_UPSTREAM_KEY:?the key of EDGE_UPSTREAM_CERTIFICATE}"
      tls+="    ${each}_ssl_certificate $EDGE_UPSTREAM_CERTIFICATE;
    ${each}_ssl_certificate_key $EDGE_UPSTREAM_KEY;
"
    fi
  done
  put UPSTREAM_TLS "$tls"
  put GRPC grpcs
  put HTTP https
else
  put UPSTREAM_TLS ""
  put GRPC grpc
  put HTTP http
fi

if left="$(grep -oE '@[A-Z_]+@' <<<"$text")"; then
  echo "not filled in: $left" >&2
  exit 2
fi
printf '%s\n' "$text"
