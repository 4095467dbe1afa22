-- A cancellation has its seats free; if there is no money to give back, that was all.
-- $1 cancellation
UPDATE cancellations
SET state = CASE WHEN refund = 0 THEN 'done' ELSE 'refunding' END::cancellation_state,
    ended_at = CASE WHEN refund = 0 THEN now() END, version = version + 1
WHERE id = $1 AND state = 'freeing'
