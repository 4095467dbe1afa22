-- How far the money of a cancellation has come.
-- $1 cancellation
SELECT state::text AS state, refusal, (extract(epoch FROM now() - tried_since) * 1000)::bigint AS tried_ms
FROM cancellations
WHERE id = $1
