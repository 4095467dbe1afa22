-- $1 account, $2 method, $3 request id, $4 the answer.
UPDATE idempotency
SET response = $4
WHERE account = $1 AND method = $2 AND request_id = $3
