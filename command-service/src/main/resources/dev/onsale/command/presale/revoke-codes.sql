-- $1 presale, $2 hashes, $3 batch (null: none). Revokes codes of the presale with these hashes, or of the batch.
UPDATE presale_codes SET revoked_at = now()
WHERE presale_id = $1 AND (code_hash = ANY ($2::bytea[]) OR batch_id = $3::uuid) AND revoked_at IS NULL
