-- Money that was not given back is tried again from the beginning. No row: there is nothing to try.
-- $1 cancellation
WITH booking AS (
    SELECT b.id FROM bookings b JOIN cancellations c ON c.booking_id = b.id WHERE c.id = $1 FOR UPDATE OF b),
again AS (
    UPDATE cancellations c
    SET state = 'refunding', refusal = '', tried_since = now(), stuck_at = NULL, version = version + 1
    FROM booking
    WHERE c.id = $1 AND c.state IN ('refunding', 'stuck')
    RETURNING c.booking_id)
UPDATE bookings b
SET version = b.version + 1
FROM again
WHERE b.id = again.booking_id
RETURNING b.id, b.event_id, b.version
