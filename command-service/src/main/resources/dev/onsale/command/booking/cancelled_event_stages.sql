-- How far the events that are being cancelled have come, together.
WITH running AS (SELECT event_id FROM event_cancellations WHERE finished_at IS NULL),
open AS (
    SELECT c.state
    FROM cancellations c
    JOIN bookings b ON b.id = c.booking_id
    WHERE b.event_id IN (SELECT event_id FROM running) AND c.cause = 'EVENT_CANCELLED' AND c.state <> 'done')
SELECT (SELECT count(*) FROM running) AS events,
    (SELECT count(*)
        FROM bookings b
        WHERE b.event_id IN (SELECT event_id FROM running)
            AND (b.status = 'pending' OR (b.status = 'confirmed' AND b.cancel_reason IS NULL))) AS waiting,
    (SELECT count(*) FROM open WHERE state <> 'stuck') AS under_way,
    (SELECT count(*) FROM open WHERE state = 'stuck') AS stuck
