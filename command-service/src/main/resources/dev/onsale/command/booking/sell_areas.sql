-- The reserved places of a booking become sold.
-- $1 booking
UPDATE areas a
SET reserved = a.reserved - mine.places, sold = a.sold + mine.places
FROM (
    SELECT event_id, area_id, count(*) AS places
    FROM booking_items
    WHERE booking_id = $1 AND area_id IS NOT NULL AND claimed
    GROUP BY event_id, area_id) mine
WHERE a.event_id = mine.event_id AND a.area_id = mine.area_id
