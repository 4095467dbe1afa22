-- The claimed seats of a booking become available.
-- $1 booking
WITH mine AS (
    SELECT s.event_id, s.id
    FROM booking_items i
    JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
    WHERE i.booking_id = $1 AND i.claimed
    ORDER BY s.ordinal
    FOR UPDATE OF s)
UPDATE seats s
SET status = 'available', version = s.version + 1
FROM mine
WHERE s.event_id = mine.event_id AND s.id = mine.id
