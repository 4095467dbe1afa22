-- The next events after one, for a rebuild.
SELECT id
FROM read.events
WHERE id > $1
ORDER BY id
LIMIT $2
