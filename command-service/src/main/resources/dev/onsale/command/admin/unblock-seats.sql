-- $1 event, $2 ordinals.
UPDATE seats
SET status = 'available', block_reason = NULL, version = version + 1
WHERE event_id = $1 AND ordinal = ANY ($2) AND status = 'blocked'
