-- Commits a step's result and what comes next, if this owner still owns the run.
-- $1 saga, $2 owner epoch, $3 state, $4 step, $5 attempts begun, $6 data, $7 failure, $8 its detail,
-- $9 whether the owner keeps the run, $10 lease, or wait until it is due again, in milliseconds, $11 whether nobody waits for
-- what comes next
UPDATE sagas
SET state = $3::text::saga_state, step = $4, attempt = $5, data = $6, failure = $7, failure_detail = $8,
    background = $11,
    owner = CASE WHEN $9 THEN owner END,
    lease_until = CASE WHEN $9 THEN now() + $10 * interval '1 millisecond' ELSE '-infinity' END,
    next_run_at = now() + $10 * interval '1 millisecond', updated_at = now()
WHERE id = $1 AND owner_epoch = $2 AND state IN ('running', 'compensating')
