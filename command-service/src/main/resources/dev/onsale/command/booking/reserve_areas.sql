-- Reserves the places of a booking in areas that have as many left.
-- $1 booking
UPDATE areas a
SET reserved = a.reserved + mine.places
FROM (
    SELECT event_id, area_id, count(*) AS places
    FROM booking_items
    WHERE booking_id = $1 AND area_id IS NOT NULL AND NOT claimed
    GROUP BY event_id, area_id
    ORDER BY area_id) mine
WHERE a.event_id = mine.event_id AND a.area_id = mine.area_id
    AND a.reserved + a.sold + a.blocked + mine.places <= a.capacity
