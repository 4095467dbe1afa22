-- Overrides, newest first.
-- $1 account or null, $2 event or null, $3 at most
SELECT id, account, event_id, reason, actor, created_at, ends_at, revoked_at, revoked_by, revoke_reason
FROM risk_overrides
WHERE ($1::text IS NULL OR account = $1) AND ($2::uuid IS NULL OR event_id = $2)
ORDER BY created_at DESC, id DESC
LIMIT $3
