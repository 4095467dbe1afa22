-- $1 seat map. The venue it belongs to.
SELECT v.id AS venue_id, v.time_zone
FROM seat_maps m
JOIN venues v ON v.id = m.venue_id
WHERE m.id = $1
