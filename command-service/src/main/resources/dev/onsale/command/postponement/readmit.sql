-- Tickets that were let in before the event was put off open the gate again.
-- $1 postponement, $2 how many at the most
UPDATE tickets
SET status = 'valid', checked_in_at = NULL, check_in_request = NULL, gate = NULL, version = version + 1
WHERE id IN (
    SELECT t.id
    FROM postponements p
    JOIN bookings b ON b.event_id = p.event_id
    JOIN tickets t ON t.booking_id = b.id
    WHERE p.id = $1 AND t.status = 'checked_in' AND t.checked_in_at < p.created_at
    ORDER BY t.id
    LIMIT $2)
    AND status = 'checked_in'
RETURNING id, event_id, version
