-- $1 partner, $2 whether it may not call
UPDATE partners SET suspended = $2 WHERE id = $1 RETURNING id, account, name, suspended, created_at
