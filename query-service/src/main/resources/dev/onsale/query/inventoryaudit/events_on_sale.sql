-- The next events on sale after one, for a walk over all of them.
SELECT id
FROM read.events
WHERE id > $1 AND epoch > 0 AND status IN ('on_sale', 'sold_out')
ORDER BY id
LIMIT $2
