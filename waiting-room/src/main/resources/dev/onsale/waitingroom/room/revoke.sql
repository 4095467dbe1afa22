-- $1 event, $2 account or empty, $3 session or empty, $4 cause, $5 operator.
INSERT INTO revocations (event_id, account, session_id, cause, operator)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT DO NOTHING
