-- How many bookings of a cancelled event nobody has begun to cancel.
-- $1 event
SELECT count(*) AS bookings
FROM bookings
WHERE event_id = $1 AND (status = 'pending' OR (status = 'confirmed' AND cancel_reason IS NULL))
