-- The latest keys of a partner. $1 partner
SELECT * FROM api_keys WHERE partner_id = $1 ORDER BY created_at DESC, key_id LIMIT 100
