-- Newest first. $1 before this one, null: all; $2 at most so many
SELECT id, account, name, suspended, created_at
FROM partners
WHERE $1::uuid IS NULL OR id < $1
ORDER BY id DESC
LIMIT $2
