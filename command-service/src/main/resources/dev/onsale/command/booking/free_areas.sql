-- The claimed places of a booking become free.
-- $1 booking, $2 whether they were sold already
UPDATE areas a
SET reserved = a.reserved - CASE WHEN $2 THEN 0 ELSE mine.places END,
    sold = a.sold - CASE WHEN $2 THEN mine.places ELSE 0 END
FROM (
    SELECT event_id, area_id, count(*) AS places
    FROM booking_items
    WHERE booking_id = $1 AND area_id IS NOT NULL AND claimed
    GROUP BY event_id, area_id) mine
WHERE a.event_id = mine.event_id AND a.area_id = mine.area_id
