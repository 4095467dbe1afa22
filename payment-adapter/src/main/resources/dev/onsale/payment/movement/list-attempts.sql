SELECT number, verb::text, idempotency_key, outcome::text, detail, started_at, ended_at
FROM payment.attempts
WHERE payment_id = $1
ORDER BY number
LIMIT 1000
