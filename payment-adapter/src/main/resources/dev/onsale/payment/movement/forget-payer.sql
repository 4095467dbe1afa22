-- Forgets what payments were paid with, once their outcome is known.
-- $1 payments
UPDATE payment.payments
SET payment_token = ''
WHERE id = ANY ($1) AND open_movement IS NULL AND payment_token <> ''
