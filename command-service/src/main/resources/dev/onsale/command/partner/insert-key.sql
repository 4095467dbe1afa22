-- $1 key, $2 partner, $3 hash of its secret, $4 label, $5 abilities, $6 events or null, $7 its end or null
INSERT INTO api_keys (key_id, partner_id, secret_hash, label, abilities, events, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING *
