-- $1 key id, $2 private JWK, $3 milliseconds until it signs
INSERT INTO admission_keys (key_id, secret, signs_at)
VALUES ($1, $2, now() + $3::bigint * interval '1 millisecond')
