-- No row back: the request id was taken a moment ago.
INSERT INTO payment.movements (id, payment_id, account, request_id, body_hash, verb, amount, result)
VALUES ($1, $2, $3, $4, $5, $6::text::payment.movement_verb, $7, $8::text::payment.movement_result)
ON CONFLICT (account, request_id) DO NOTHING
RETURNING id
