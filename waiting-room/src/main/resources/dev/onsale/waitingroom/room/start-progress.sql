-- $1 event.
INSERT INTO progress (event_id, joined, serving_number) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING
