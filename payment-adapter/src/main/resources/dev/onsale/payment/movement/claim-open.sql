-- Payments to ask about now, each put off (longer every time) so that no other node asks too.
UPDATE payment.payments
SET asks = asks + 1, ask_at = now() + least($2 * power(2, least(asks, 10)), $3) * interval '1 millisecond'
WHERE id IN (SELECT id FROM payment.payments
             WHERE open_movement IS NOT NULL AND ask_at <= now()
             ORDER BY ask_at
             LIMIT $1
             FOR UPDATE SKIP LOCKED)
RETURNING id, open_movement, called_at < now() - $4 * interval '1 millisecond' AS overdue
