INSERT INTO payment.attempts (payment_id, number, verb, idempotency_key, outcome, detail, ended_at)
SELECT $1, coalesce(max(number), 0) + 1, 'query', '', $2::text::payment.attempt_outcome, $3, now()
FROM payment.attempts
WHERE payment_id = $1
