SELECT id, payment_id, verb::text, amount, key_number, result::text
FROM payment.movements
WHERE id = $1
