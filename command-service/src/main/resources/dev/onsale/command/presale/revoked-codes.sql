-- $1 presale, $2 hashes, $3 batch (null: none). Those codes of the presale that are revoked.
SELECT id
FROM presale_codes
WHERE presale_id = $1 AND (code_hash = ANY ($2::bytea[]) OR batch_id = $3::uuid) AND revoked_at IS NOT NULL
