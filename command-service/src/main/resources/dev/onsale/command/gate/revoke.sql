-- Revokes a session ($2) or an account ($3) of an event ($1); the other of the two is empty.
INSERT INTO revoked_admissions (event_id, session_id, account)
VALUES ($1, $2, $3)
ON CONFLICT DO NOTHING
