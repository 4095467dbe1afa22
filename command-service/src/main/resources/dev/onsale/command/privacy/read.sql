-- One erasure.
-- $1 id
SELECT id, account_hash, pseudonym, reason, actor, parts, created_at, finished_at FROM erasures WHERE id = $1
