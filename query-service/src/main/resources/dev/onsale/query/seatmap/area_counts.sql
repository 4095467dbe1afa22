-- An event's areas in the order of their index.
SELECT area_id, name, price_tier, capacity, reserved, sold, blocked
FROM read.areas
WHERE event_id = $1
ORDER BY area_index
