-- $1 partner
SELECT id, account, name, suspended, created_at FROM partners WHERE id = $1
