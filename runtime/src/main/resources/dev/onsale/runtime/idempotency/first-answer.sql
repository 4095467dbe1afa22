-- $1 account, $2 method, $3 request id. What was asked and answered the first time.
SELECT body_hash, response
FROM idempotency
WHERE account = $1 AND method = $2 AND request_id = $3
