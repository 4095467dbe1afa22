-- The valid tickets of a booking open no gate any more.
-- $1 booking
UPDATE tickets
SET status = 'void', version = version + 1
WHERE booking_id = $1 AND status = 'valid'
RETURNING id, event_id, version
