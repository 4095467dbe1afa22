-- A booking has fewer tickets; without any it ends cancelled.
-- $1 booking
UPDATE bookings b
SET status = CASE WHEN rest.items = 0 THEN 'cancelled' ELSE b.status END,
    cancelled_at = CASE WHEN rest.items = 0 THEN now() ELSE b.cancelled_at END, version = b.version + 1
FROM (SELECT count(*) AS items FROM booking_items WHERE booking_id = $1 AND claimed) rest
WHERE b.id = $1
RETURNING b.event_id, b.version
