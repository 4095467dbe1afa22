-- Records of access from $1 on, newest first, behind the last one seen.
SELECT id, at, actor, roles, method, question, bookings, shown, reason, trace_id, peer
FROM audit.access_records
WHERE at >= $1 AND (at, id) < ($2, $3)
ORDER BY at DESC, id DESC
LIMIT $4
