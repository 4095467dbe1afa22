-- A seat map, as it was imported.
SELECT layout
FROM read.seat_maps
WHERE id = $1
