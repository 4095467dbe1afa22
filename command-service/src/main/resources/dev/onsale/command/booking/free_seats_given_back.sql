-- The seats of a cancellation become available.
-- $1 cancellation
WITH mine AS (
    SELECT s.event_id, s.id
    FROM cancelled_items c
    JOIN booking_items i ON i.booking_id = c.booking_id AND i.item_no = c.item_no
    JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
    WHERE c.cancellation_id = $1 AND i.claimed
    ORDER BY s.ordinal
    FOR UPDATE OF s)
UPDATE seats s
SET status = 'available', version = s.version + 1
FROM mine
WHERE s.event_id = mine.event_id AND s.id = mine.id
