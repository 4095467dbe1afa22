-- How many keys of a partner are worth something. $1 partner
SELECT count(*) AS keys FROM api_keys WHERE partner_id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
