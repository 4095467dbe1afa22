-- No row back: it was taken before. Waits for another transaction that is just taking it.
INSERT INTO payment.webhooks (provider, id, type, payment_id, body_hash)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (provider, id) DO NOTHING
RETURNING id
