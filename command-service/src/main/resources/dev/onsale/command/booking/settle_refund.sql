-- A stuck refund was paid another way. Not while an answer is missing, or a call may still be on its way: it would be paid twice.
-- No row: it is not so far.
-- $1 cancellation, $2 how it was paid, $3 who says so, $4 for how many milliseconds it must have been stuck
WITH booking AS (
    SELECT b.id FROM bookings b JOIN cancellations c ON c.booking_id = b.id WHERE c.id = $1 FOR UPDATE OF b),
settled AS (
    UPDATE cancellations c
    SET state = 'done', settlement = $2, settled_by = $3, ended_at = now(), stuck_at = NULL, version = version + 1
    FROM booking
    WHERE c.id = $1 AND c.state = 'stuck' AND c.refusal <> 'no_answer'
      AND c.stuck_at <= now() - $4::bigint * interval '1 millisecond'
    RETURNING c.booking_id, c.refund)
UPDATE bookings b
SET refunded_amount = b.refunded_amount + settled.refund, version = b.version + 1
FROM settled
WHERE b.id = settled.booking_id
RETURNING b.id, b.event_id, b.version
