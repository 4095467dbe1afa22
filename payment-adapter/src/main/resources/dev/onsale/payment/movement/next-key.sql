-- Another key, only if the present one got two errors and nothing else: no call under it may still be under way. What was
-- never answered is over after an hour. The provider was asked before and has seen no effect.
UPDATE payment.movements m
SET key_number = key_number + 1
WHERE m.id = $1 AND m.result = 'open' AND m.key_number = $2
    AND (SELECT count(*) FILTER (WHERE a.outcome = 'failed') >= 2
             AND bool_and(a.outcome = 'failed' OR a.started_at < now() - interval '1 hour')
         FROM payment.attempts a
         WHERE a.payment_id = m.payment_id AND a.idempotency_key = $3)
RETURNING key_number
