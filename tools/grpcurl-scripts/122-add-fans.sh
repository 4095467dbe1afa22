#!/usr/bin/env bash
# PresaleAdminService.AddFans: verified fans, a batch at a time; stored as keyed hashes.
. "$(dirname "$0")/lib.sh"
add() {
  echo "{\"request_id\": \"$(new_id)\", \"presale_id\": \"$(load presale)\", \"accounts\": [\"pat\", \"quinn\"]}" |
    rpc "$ONSALE_COMMAND" onsale.presale.v1.PresaleAdminService/AddFans "$(token operator olga)"
}
expect "added" "$(add | get .added)" 2
expect "added again" "$(add | grep -c added || true)" 0
