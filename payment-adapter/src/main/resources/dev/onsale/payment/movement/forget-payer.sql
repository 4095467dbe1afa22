-- Forgets what payments were paid with, once their outcome is known, and counts those whose is not.
-- $1 payments
WITH forgotten AS (
    UPDATE payment.payments SET payment_token = ''
    WHERE id = ANY ($1) AND open_movement IS NULL AND payment_token <> ''
    RETURNING 1)
SELECT (SELECT count(*) FROM forgotten) AS forgotten,
       (SELECT count(*) FROM payment.payments WHERE id = ANY ($1) AND open_movement IS NOT NULL) AS open
