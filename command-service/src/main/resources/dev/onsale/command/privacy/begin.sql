-- Notes an erasure.
-- $1 id, $2 hash of the account, $3 pseudonym, $4 reason, $5 who asks
INSERT INTO erasures (id, account_hash, pseudonym, reason, actor) VALUES ($1, $2, $3, $4, $5)
