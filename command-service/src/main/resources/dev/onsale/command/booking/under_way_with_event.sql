-- Cancellations that came with an event and are not through. One that the provider refused is tried again now and then, and
-- holds up nobody; one that nobody answered for may be under way.
-- $1 event
SELECT count(*) FILTER (WHERE c.state <> 'stuck' AND c.refusal IN ('', 'no_answer')) AS moving, count(*) AS all_open
FROM cancellations c
JOIN bookings b ON b.id = c.booking_id
WHERE b.event_id = $1 AND c.cause = 'EVENT_CANCELLED' AND c.state <> 'done'
