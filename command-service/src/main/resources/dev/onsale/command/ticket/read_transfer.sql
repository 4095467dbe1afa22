-- $1 transfer
SELECT id, event_id, from_account, to_account, to_email FROM ticket_transfers WHERE id = $1
