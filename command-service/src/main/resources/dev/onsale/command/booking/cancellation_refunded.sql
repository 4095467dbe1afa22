-- The money of a cancellation is given back, and its booking counts it. No row: it was counted before.
-- $1 cancellation
WITH ended AS (
    UPDATE cancellations
    SET state = 'done', refusal = '', ended_at = now(), stuck_at = NULL, version = version + 1
    WHERE id = $1 AND state <> 'done'
    RETURNING booking_id, refund)
UPDATE bookings b
SET refunded_amount = b.refunded_amount + ended.refund, version = b.version + 1
FROM ended
WHERE b.id = ended.booking_id
RETURNING b.event_id, b.version
