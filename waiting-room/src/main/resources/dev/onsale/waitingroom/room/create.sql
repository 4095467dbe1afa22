-- $1 event, $2 opening, $3 rate, $4 most active, $5 claim window, $6 session, $7 challenge, $8 adaptive, $9 beacon,
-- $10 capacity, $11 secret, $12 draw key.
INSERT INTO rooms (event_id, open_time, drain_rate, max_active, claim_window_ms, session_length_ms, challenge, adaptive,
                   beacon, capacity, secret, draw_key)
VALUES ($1, $2, $3, $4, $5, $6, $7::text::challenge_kind, $8, $9, $10, $11, $12)
ON CONFLICT DO NOTHING
