SELECT id, payment_id, verb::text, amount, key_number, result::text, body_hash
FROM payment.movements
WHERE account = $1 AND request_id = $2
