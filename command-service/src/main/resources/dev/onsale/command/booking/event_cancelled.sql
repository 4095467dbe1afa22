-- Whether the event of a booking is cancelled.
-- $1 booking
SELECT e.status = 'cancelled' AS cancelled
FROM bookings b
JOIN events e ON e.id = b.event_id
WHERE b.id = $1
