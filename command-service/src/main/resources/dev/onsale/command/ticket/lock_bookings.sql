-- Keeps the bookings of some tickets from being cancelled until the transaction ends.
-- $1 tickets
SELECT b.id
FROM bookings b
WHERE b.id IN (SELECT booking_id FROM tickets WHERE id = ANY ($1))
ORDER BY b.id
FOR SHARE
