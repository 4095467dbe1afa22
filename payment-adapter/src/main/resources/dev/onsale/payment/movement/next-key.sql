-- Another key, only if the present one got two errors and, unless a payment can be moved so once only (it is captured or
-- voided whole: a second time is refused), nothing else: no call under it may still be under way. What was never answered is
-- over after an hour. The provider was asked before and has seen no effect.
UPDATE payment.movements m
SET key_number = key_number + 1
WHERE m.id = $1 AND m.result = 'open' AND m.key_number = $2
    AND (SELECT count(*) FILTER (WHERE a.outcome = 'failed') >= 2
             AND (m.verb IN ('capture', 'void')
                 OR bool_and(a.outcome = 'failed' OR a.started_at < now() - interval '1 hour'))
         FROM payment.attempts a
         WHERE a.payment_id = m.payment_id AND a.idempotency_key = $3)
RETURNING key_number
