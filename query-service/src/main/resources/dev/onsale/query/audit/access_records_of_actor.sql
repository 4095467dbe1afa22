-- Records of one actor's access from $1 on, newest first, behind the last one seen.
SELECT id, at, actor, roles, method, question, bookings, shown, reason, trace_id, peer
FROM audit.access_records
WHERE actor = $5 AND at >= $1 AND (at, id) < ($2, $3)
ORDER BY at DESC, id DESC
LIMIT $4
