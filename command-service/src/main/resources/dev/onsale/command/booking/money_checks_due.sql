-- Bookings that were never confirmed and whose money is to be asked about: soon after they were cancelled, later, and last
-- a good while later.
-- $1 the first wait in milliseconds, $2 how many at the most
SELECT id, payment_id, money_checks
FROM bookings
WHERE status = 'cancelled' AND confirmed_at IS NULL AND total_amount > 0 AND money_checks < 3
    AND cancelled_at <= now() - (ARRAY [1, 30, 720])[money_checks + 1] * $1::float8 * interval '1 millisecond'
ORDER BY cancelled_at
LIMIT $2
