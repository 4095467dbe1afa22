-- Entries, newest first, behind one of them.
-- $1 from when, $2 before when, $3 actor, $4 action, $5 event, $6 subject (each of them: null for any), $7 time, $8 chain and
-- $9 number of the one before the first, $10 how many
SELECT l.chain, l.seq, l.at, l.actor, l.roles, l.action, l.subject_kind, l.subject_id, l.event_id,
    coalesce(encode(l.reason_digest, 'hex'), '') AS reason_digest, r.reason, encode(r.salt, 'hex') AS salt, l.details, l.act_key,
    encode(l.prev_hash, 'hex') AS prev_hash, encode(l.hash, 'hex') AS hash
FROM audit_log l
LEFT JOIN audit_reasons r ON r.chain = l.chain AND r.seq = l.seq
WHERE l.at >= $1 AND l.at < $2
    AND ($3::text IS NULL OR l.actor = $3)
    AND ($4::text IS NULL OR l.action = $4)
    AND ($5::uuid IS NULL OR l.event_id = $5)
    AND ($6::text IS NULL OR l.subject_id = $6)
    AND ($7::timestamptz IS NULL OR (l.at, l.chain, l.seq) < ($7, $8::text, $9::bigint))
ORDER BY l.at DESC, l.chain DESC, l.seq DESC
LIMIT $10
