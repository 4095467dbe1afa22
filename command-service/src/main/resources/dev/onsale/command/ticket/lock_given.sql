-- Locks tickets that are about to be given away, and reads what that depends on.
-- $1 tickets
SELECT t.id, t.user_id, t.status::text AS status, t.transfers, t.checked_in_at, t.gate, t.event_id,
    e.status::text AS event_status, e.date_known AND e.event_date <= now() AS started, e.transfers_allowed, e.ticket_limit
FROM tickets t
JOIN events e ON e.id = t.event_id
WHERE t.id = ANY ($1)
ORDER BY t.id
FOR UPDATE OF t
