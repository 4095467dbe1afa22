-- $1 event.
UPDATE rooms SET epoch = epoch + 1, version = version + 1 WHERE event_id = $1
