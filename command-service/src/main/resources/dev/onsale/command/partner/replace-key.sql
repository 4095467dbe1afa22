-- A key has a follower, and ends after the overlap, or before if that was its end anyway. $1 key, $2 follower, $3 milliseconds
UPDATE api_keys
SET replaced_by = $2, expires_at = least(expires_at, now() + $3 * interval '1 millisecond')
WHERE key_id = $1
RETURNING *
