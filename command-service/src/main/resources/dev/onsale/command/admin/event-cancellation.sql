-- How far the bookings of a cancelled event are given back. No row: it is not cancelled.
-- $1 event, $2 after how many milliseconds a refund counts as stuck
WITH mine AS (
    SELECT id, status, cancel_reason, total_amount - refund_due AS left_amount, currency
    FROM bookings
    WHERE event_id = $1),
waiting AS (
    SELECT count(*) AS bookings, coalesce(sum(left_amount), 0) AS amount
    FROM mine
    WHERE status = 'confirmed' AND cancel_reason IS NULL),
given AS (
    SELECT count(*) AS begun, coalesce(sum(c.refund), 0) AS amount,
        count(*) FILTER (WHERE c.state = 'done') AS refunded,
        coalesce(sum(c.refund) FILTER (WHERE c.state = 'done'), 0) AS given_back,
        count(*) FILTER (WHERE c.state = 'stuck'
            OR c.state <> 'done' AND c.created_at < now() - $2 * interval '1 millisecond') AS stuck,
        count(*) FILTER (WHERE c.ended_at > now() - interval '1 minute') AS lately
    FROM cancellations c
    JOIN mine ON mine.id = c.booking_id
    WHERE c.cause = 'EVENT_CANCELLED')
SELECT e.cancel_reason, x.started_at, x.finished_at, now() AS now, waiting.bookings AS waiting, waiting.amount AS waiting_amount,
    given.begun, given.amount AS begun_amount, given.refunded, given.given_back, given.stuck, given.lately,
    (SELECT count(*) FROM mine WHERE status = 'pending') AS checkouts,
    coalesce((SELECT min(currency) FROM mine), (SELECT min(currency) FROM prices WHERE event_id = $1)) AS currency
FROM event_cancellations x
JOIN events e ON e.id = x.event_id, waiting, given
WHERE x.event_id = $1
