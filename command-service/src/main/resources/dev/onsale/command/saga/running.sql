-- How many runs stand at which step, and how old the oldest is.
SELECT kind, step, state::text AS state, count(*) AS runs,
    (extract(epoch FROM now() - min(created_at)) * 1000)::bigint AS oldest_ms
FROM sagas
WHERE state IN ('running', 'compensating')
GROUP BY kind, step, state
