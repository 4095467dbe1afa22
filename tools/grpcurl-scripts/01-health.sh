#!/usr/bin/env bash
# Asks each service whether it is well, by the standard health protocol.
. "$(dirname "$0")/lib.sh"
for at in "$ONSALE_COMMAND" "$ONSALE_QUERY" "$ONSALE_WAITING_ROOM" "$ONSALE_PAYMENT"; do
  answer="$(echo '{}' | rpc "$at" grpc.health.v1.Health/Check)"
  expect "health of $at" "$(get .status <<<"$answer")" SERVING
  echo "$at SERVING"
done
