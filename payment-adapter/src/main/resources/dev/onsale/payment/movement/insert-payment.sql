-- No row back: somebody else made the payment a moment ago.
INSERT INTO payment.payments (id, booking_id, amount, currency, payment_token, standing, open_movement, provider, ask_at)
VALUES ($1, $2, $3, $4, $5, $6::text::payment.payment_standing, $7, $8, now() + $9 * interval '1 millisecond')
ON CONFLICT (id) DO NOTHING
RETURNING created_at
