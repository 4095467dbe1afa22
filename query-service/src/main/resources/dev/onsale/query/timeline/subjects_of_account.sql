-- The newest bookings of an account.
-- $1 account, $2 only of this event (null: of any), $3 at most
SELECT id, user_id, event_id, payment_id
FROM read.bookings
WHERE user_id = $1 AND ($2::uuid IS NULL OR event_id = $2)
ORDER BY created_at DESC
LIMIT $3
