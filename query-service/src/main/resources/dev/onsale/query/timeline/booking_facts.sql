-- What became of some bookings, the newest of it.
-- $1 bookings, $2 at most
SELECT booking_id, at, what, outcome, detail
FROM read.booking_facts
WHERE booking_id = ANY ($1)
ORDER BY at DESC
LIMIT $2
