-- Valid tickets of a booking open no gate any more.
-- $1 booking, $2 items
UPDATE tickets
SET status = 'void', version = version + 1
WHERE booking_id = $1 AND item_no = ANY ($2) AND status = 'valid'
RETURNING id, event_id, version
