-- $1 account, $2 method, $3 request id, $4 hash of the body. One row if this is the first; waits for a rival to finish.
INSERT INTO idempotency (account, method, request_id, body_hash, response)
VALUES ($1, $2, $3, $4, '')
ON CONFLICT DO NOTHING
