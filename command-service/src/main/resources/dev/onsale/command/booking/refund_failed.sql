-- The money of a cancellation could not be given back this time. No row: nothing new.
-- $1 cancellation, $2 what the provider said, $3 whether somebody must look at it
WITH failed AS (
    UPDATE cancellations
    SET refusal = $2, version = version + 1,
        state = CASE WHEN $3 THEN 'stuck' ELSE state END,
        stuck_at = CASE WHEN $3 THEN now() ELSE stuck_at END
    WHERE id = $1 AND state = 'refunding' AND (refusal <> $2 OR $3)
    RETURNING booking_id)
UPDATE bookings b
SET version = b.version + 1
FROM failed
WHERE b.id = failed.booking_id AND $3
RETURNING b.event_id, b.version
