-- $1 event, $2 series or null.
UPDATE events
SET series_id = $2
WHERE id = $1
