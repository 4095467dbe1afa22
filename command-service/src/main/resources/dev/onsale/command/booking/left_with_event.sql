-- Whether a cancelled event has bookings that nobody has begun to cancel.
-- $1 event
SELECT EXISTS (
    SELECT
    FROM bookings
    WHERE event_id = $1 AND (status = 'pending' OR (status = 'confirmed' AND cancel_reason IS NULL))) AS any_left
