-- $1 transfer
SELECT id FROM tickets WHERE transfer_id = $1
