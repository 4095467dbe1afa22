-- Cancellations that came with an event and are not through.
-- $1 event
SELECT count(*) FILTER (WHERE c.state <> 'stuck') AS moving, count(*) AS all_open
FROM cancellations c
JOIN bookings b ON b.id = c.booking_id
WHERE b.event_id = $1 AND c.cause = 'EVENT_CANCELLED' AND c.state <> 'done'
