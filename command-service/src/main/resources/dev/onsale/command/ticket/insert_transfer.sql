-- $1 event, $2 giver, $3 recipient, $4 recipient's e-mail address or null
INSERT INTO ticket_transfers (event_id, from_account, to_account, to_email) VALUES ($1, $2, $3, $4) RETURNING id
