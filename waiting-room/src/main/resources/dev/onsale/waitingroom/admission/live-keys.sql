-- Keys to show, the one that signs now first, then the others that may sign, then those that will.
SELECT key_id, secret, signs_at <= now() AS signs
FROM admission_keys
WHERE retires_at IS NULL OR retires_at > now()
ORDER BY signs_at <= now() DESC, signs_at DESC
