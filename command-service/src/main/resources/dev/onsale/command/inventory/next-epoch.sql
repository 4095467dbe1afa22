-- $1 event id. Begins the next load of its inventory.
UPDATE events
SET epoch = epoch + 1
WHERE id = $1
RETURNING epoch
