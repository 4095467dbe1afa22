-- $1 event. Whoever changes a room holds its row.
SELECT event_id FROM rooms WHERE event_id = $1 FOR UPDATE
