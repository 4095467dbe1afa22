#!/usr/bin/env bash
# AuditLogService of the waiting room: what operators did with the room of these scripts.
. "$(dirname "$0")/lib.sh"
answer="$(echo '{"actor": "olga", "action": "onsale.waitingroom.v1.WaitingRoomAdminService/CloseRoom"}' |
  rpc "$ONSALE_WAITING_ROOM" onsale.audit.v1.AuditLogService/ListAuditEntries "$(token operator olga)")"
echo "$answer"
expect "what was closed" "$(get '.entries[0].subjectKind' <<<"$answer")" event
head="$(echo '{}' | rpc "$ONSALE_WAITING_ROOM" onsale.audit.v1.AuditLogService/GetAuditHead "$(token operator olga)")"
expect "whose log" "$(get .log <<<"$head")" waiting-room
