-- $1 event id. The counters of its areas.
SELECT area_index, capacity, reserved, sold, blocked
FROM areas
WHERE event_id = $1
ORDER BY area_index
