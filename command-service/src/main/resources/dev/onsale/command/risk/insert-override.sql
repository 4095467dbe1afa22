-- Lets an account through for a time.
-- $1 account, $2 event, $3 seconds, $4 reason, $5 who
INSERT INTO risk_overrides (account, event_id, ends_at, reason, actor)
VALUES ($1, $2, now() + $3::bigint * interval '1 second', $4, $5)
RETURNING id, account, event_id, reason, actor, created_at, ends_at, revoked_at, revoked_by, revoke_reason
