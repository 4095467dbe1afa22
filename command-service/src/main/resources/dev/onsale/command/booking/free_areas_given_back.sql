-- The places of a cancellation become free.
-- $1 cancellation
UPDATE areas a
SET sold = a.sold - mine.places
FROM (
    SELECT i.event_id, i.area_id, count(*) AS places
    FROM cancelled_items c
    JOIN booking_items i ON i.booking_id = c.booking_id AND i.item_no = c.item_no
    WHERE c.cancellation_id = $1 AND i.area_id IS NOT NULL AND i.claimed
    GROUP BY i.event_id, i.area_id) mine
WHERE a.event_id = mine.event_id AND a.area_id = mine.area_id
