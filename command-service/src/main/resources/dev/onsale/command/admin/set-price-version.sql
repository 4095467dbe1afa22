-- $1 event. Its next price version.
UPDATE events
SET price_version = price_version + 1
WHERE id = $1
RETURNING price_version
