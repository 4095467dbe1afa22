-- Takes due runs: nobody works on them, or their owner's lease ran out. Their former owner can save no more.
-- $1 owner, $2 kinds this node knows, $3 how many at the most, $4 lease in milliseconds, $5 those nobody waits for, or the
-- others
WITH due AS (
    SELECT id
    FROM sagas
    WHERE state IN ('running', 'compensating') AND next_run_at <= now() AND kind = ANY ($2)
        AND background = $5
    ORDER BY next_run_at
    LIMIT $3
    FOR UPDATE SKIP LOCKED)
UPDATE sagas s
SET owner = $1, owner_epoch = s.owner_epoch + 1, attempt = s.attempt + 1, updated_at = now(),
    lease_until = now() + $4 * interval '1 millisecond', next_run_at = now() + $4 * interval '1 millisecond'
FROM due
WHERE s.id = due.id
RETURNING s.id, s.kind, s.subject_id, s.state::text AS state, s.step, s.attempt, s.data, s.failure, s.failure_detail,
    s.owner_epoch, s.trace, (extract(epoch FROM now() - s.created_at) * 1000)::bigint AS age_ms
