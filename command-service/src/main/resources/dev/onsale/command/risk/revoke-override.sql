-- Ends an override, once; answers it. No row: there is none.
-- $1 override, $2 who, $3 why
WITH ended AS (
    UPDATE risk_overrides SET revoked_at = now(), revoked_by = $2, revoke_reason = $3
    WHERE id = $1 AND revoked_at IS NULL AND ends_at > now()
    RETURNING *)
SELECT id, account, event_id, reason, actor, created_at, ends_at, revoked_at, revoked_by, revoke_reason FROM ended
UNION ALL
SELECT id, account, event_id, reason, actor, created_at, ends_at, revoked_at, revoked_by, revoke_reason FROM risk_overrides
WHERE id = $1 AND NOT EXISTS (SELECT FROM ended)
