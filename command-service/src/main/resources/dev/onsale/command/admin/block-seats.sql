-- $1 event, $2 ordinals, $3 reason.
UPDATE seats
SET status = 'blocked', block_reason = $3, held_by = NULL, held_until = NULL, held_hold = NULL, version = version + 1
WHERE event_id = $1 AND ordinal = ANY ($2)
