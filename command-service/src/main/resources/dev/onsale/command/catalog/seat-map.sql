-- $1 seat map id. Its layout in the import format.
SELECT venue_id, layout::text AS layout
FROM seat_maps
WHERE id = $1
