-- $1 days. Forgets up to 5,000 answers older than that.
DELETE FROM idempotency
WHERE (account, method, request_id) IN (
    SELECT account, method, request_id
    FROM idempotency
    WHERE created_at < now() - make_interval(days => $1)
    ORDER BY created_at
    LIMIT 5000
)
