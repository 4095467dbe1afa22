-- A key that is worth something, with whose it is. $1 key
SELECT k.*, p.account
FROM api_keys k
JOIN partners p ON p.id = k.partner_id
WHERE k.key_id = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now()) AND NOT p.suspended
