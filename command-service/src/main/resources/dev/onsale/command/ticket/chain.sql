-- All tickets a place has had since it was last sold, oldest first, and how each came to its owner.
-- $1 one of them
WITH RECURSIVE older AS (
    SELECT t.id, t.replaces FROM tickets t WHERE t.id = $1
    UNION ALL
    SELECT t.id, t.replaces FROM tickets t JOIN older o ON o.replaces = t.id),
chain AS (
    SELECT id FROM older WHERE replaces IS NULL
    UNION ALL
    SELECT t.id FROM tickets t JOIN chain c ON t.replaces = c.id)
SELECT t.id, t.user_id, t.replaces, x.id AS transfer_id, x.from_account, x.to_email, x.created_at
FROM chain c
JOIN tickets t ON t.id = c.id
LEFT JOIN ticket_transfers x ON x.id = t.transfer_id
ORDER BY t.transfers
