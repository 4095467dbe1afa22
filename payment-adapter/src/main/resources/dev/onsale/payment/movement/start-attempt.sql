WITH called AS (
    UPDATE payment.payments SET called_at = now(), ask_at = now() + $4 * interval '1 millisecond' WHERE id = $1
)
INSERT INTO payment.attempts (payment_id, number, verb, idempotency_key)
SELECT $1, coalesce(max(number), 0) + 1, $2::text::payment.movement_verb, $3
FROM payment.attempts
WHERE payment_id = $1
RETURNING number
