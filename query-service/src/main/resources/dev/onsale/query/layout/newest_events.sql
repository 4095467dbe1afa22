-- Published events, newest first: each names a seat map and so, with its tiers and areas, a layout.
SELECT id, seat_map_id, version
FROM read.events
WHERE status <> 'draft'
ORDER BY id DESC
LIMIT $1
