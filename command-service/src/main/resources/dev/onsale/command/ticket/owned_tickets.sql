-- Tickets of an account for an event that are not void, newest first.
-- $1 account, $2 event, $3 how many at the most
SELECT id
FROM tickets
WHERE user_id = $1 AND event_id = $2 AND status <> 'void'
ORDER BY id DESC
LIMIT $3
