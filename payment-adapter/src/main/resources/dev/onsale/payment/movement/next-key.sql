-- Another key, only if every call under the present one was answered with an error: none may still be under way.
UPDATE payment.movements m
SET key_number = key_number + 1
WHERE m.id = $1 AND m.result = 'open' AND m.key_number = $2
  AND NOT EXISTS (SELECT FROM payment.attempts a
                  WHERE a.payment_id = m.payment_id AND a.idempotency_key = $3 AND a.outcome <> 'failed')
RETURNING key_number
