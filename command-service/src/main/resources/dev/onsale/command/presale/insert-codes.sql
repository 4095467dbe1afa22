-- $1 event, $2 presale, $3 batch, $4 hashes, $5 uses of each. Those the event has already are left out.
INSERT INTO presale_codes (event_id, presale_id, batch_id, code_hash, max_uses)
SELECT $1::uuid, $2::uuid, $3::uuid, hash, $5::int FROM unnest($4::bytea[]) AS hash
ON CONFLICT (event_id, code_hash) DO NOTHING
