-- Records of access to one booking from $1 on, by anybody or one actor, newest first, behind the last one seen.
SELECT id, at, actor, roles, method, question, bookings, shown, reason, trace_id, peer
FROM audit.access_records
WHERE bookings @> ARRAY[$5::uuid] AND ($6::text = '' OR actor = $6::text) AND at >= $1 AND (at, id) < ($2, $3)
ORDER BY at DESC, id DESC
LIMIT $4
