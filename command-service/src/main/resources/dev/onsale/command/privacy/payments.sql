-- Payments of the account.
-- $1 account
SELECT payment_id FROM bookings WHERE user_id = $1 AND total_amount > 0 ORDER BY payment_id
