-- $1 hold, $2 event, $3 account, $4 who does it, $5 why, $6 hash of the request. The first of a hold stays.
INSERT INTO hold_overrides (hold_id, event_id, account, actor, reason, body)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (hold_id) DO NOTHING
