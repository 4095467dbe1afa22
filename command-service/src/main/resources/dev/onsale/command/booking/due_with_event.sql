-- Confirmed bookings of a cancelled event that are not being cancelled yet.
-- $1 event, $2 how many at the most
SELECT id
FROM bookings
WHERE event_id = $1 AND status = 'confirmed' AND tickets_issued AND cancel_reason IS NULL
LIMIT $2
