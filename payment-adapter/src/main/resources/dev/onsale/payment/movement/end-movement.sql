UPDATE payment.movements
SET result = $2::text::payment.movement_result
WHERE id = $1 AND result = 'open'
