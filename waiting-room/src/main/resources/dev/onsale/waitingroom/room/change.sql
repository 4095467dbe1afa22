-- $1 event, $2 opening, $3 rate, $4 most active, $5 claim window, $6 session, $7 challenge, $8 adaptive, $9 beacon, $10 capacity
-- (which stays: the line's buckets depend on it).
UPDATE rooms
SET open_time = $2, drain_rate = $3, max_active = $4, claim_window_ms = $5, session_length_ms = $6,
    challenge = $7::text::challenge_kind, adaptive = $8, beacon = $9, version = version + 1
WHERE event_id = $1 AND $10::int IS NOT NULL
