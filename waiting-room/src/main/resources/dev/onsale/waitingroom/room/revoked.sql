-- $1 event, $2 account, $3 session. A row if either has been revoked.
SELECT 1 AS revoked
FROM revocations
WHERE event_id = $1 AND ((account = $2 AND session_id = '') OR (account = '' AND session_id = $3))
LIMIT 1
