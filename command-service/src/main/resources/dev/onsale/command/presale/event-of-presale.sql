-- $1 presale. Its event.
SELECT event_id FROM presales WHERE id = $1
