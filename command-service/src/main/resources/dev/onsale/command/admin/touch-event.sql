-- $1 event. Its next version.
UPDATE events
SET version = version + 1
WHERE id = $1
RETURNING version
