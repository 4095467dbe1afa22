-- $1 venue, $2 name, $3 layout, $4 hash, $5 seats, $6 area capacity. The next version of that name.
INSERT INTO seat_maps (venue_id, name, version, layout, content_hash, seat_count, area_capacity)
SELECT $1, $2, coalesce(max(version), 0) + 1, $3::text::jsonb, $4, $5, $6
FROM seat_maps
WHERE venue_id = $1 AND name = $2
RETURNING id, version
