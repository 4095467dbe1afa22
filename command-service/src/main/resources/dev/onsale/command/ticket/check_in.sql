-- Lets a ticket in, if it is for this event and has not been used.
-- $1 ticket, $2 event, $3 scanner's account and request id, $4 gate
UPDATE tickets
SET status = 'checked_in', checked_in_at = now(), check_in_request = $3, gate = $4, version = version + 1
WHERE id = $1 AND event_id = $2 AND status = 'valid'
RETURNING version
