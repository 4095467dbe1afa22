-- Records of access, all in one statement.
INSERT INTO audit.access_records (actor, roles, method, question, bookings, shown, reason, trace_id, peer)
SELECT actor, roles, method, question, bookings, shown, reason, trace_id, peer
FROM jsonb_to_recordset($1) AS r(actor text, roles text[], method text, question jsonb, bookings uuid[], shown bigint,
                                 reason text, trace_id text, peer text)
