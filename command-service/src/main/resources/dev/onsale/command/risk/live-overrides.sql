-- Overrides that hold now; the newest, if there are very many.
-- $1 at most
SELECT account, event_id, (extract(epoch FROM ends_at - now()) * 1000)::bigint AS left_ms
FROM risk_overrides
WHERE revoked_at IS NULL AND ends_at > now()
ORDER BY ends_at DESC
LIMIT $1
