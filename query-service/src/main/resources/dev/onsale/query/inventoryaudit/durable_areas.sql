-- The counters of an event's areas in the order of their index.
SELECT capacity, reserved, sold, blocked
FROM read.areas
WHERE event_id = $1
ORDER BY area_index
