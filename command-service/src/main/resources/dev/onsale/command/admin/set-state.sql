-- $1 event, $2 state, $3 sale start, $4 why it was cancelled.
UPDATE events
SET status = $2::text::event_status, sale_start = $3, cancel_reason = $4
WHERE id = $1
