-- $1 event, $2 rate, $3 most active, $4 adaptive.
UPDATE rooms SET drain_rate = $2, max_active = $3, adaptive = $4, version = version + 1 WHERE event_id = $1
