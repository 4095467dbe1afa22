-- $1 event id, $2 indexes. Locks the areas in one order for everybody, and says what their counters are.
SELECT area_index, reserved, sold, blocked
FROM areas
WHERE event_id = $1 AND area_index = ANY ($2)
ORDER BY area_index
FOR UPDATE
