-- A key to be replaced: live, and without a follower. $1 key
SELECT *, revoked_at IS NULL AND replaced_by IS NULL AND (expires_at IS NULL OR expires_at > now()) AS live
FROM api_keys
WHERE key_id = $1
FOR UPDATE
