-- A refund that the provider refused is open again, under a key of which it has not heard. The payment is locked.
UPDATE payment.movements
SET result = 'open', key_number = key_number + 1
WHERE id = $1 AND result = 'declined'
