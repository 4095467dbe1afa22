-- What can be posted now: of each booking the oldest that waits, if it is due. $1 webhook, $2 at most so many
SELECT d.number, d.delivery_id, d.tries, c.change_id, c.kind, c.event_id, c.booking_id, c.facts, c.created_at
FROM webhook_deliveries d
JOIN partner_webhooks w ON w.id = d.webhook_id
JOIN partner_changes c ON c.partner_id = w.partner_id AND c.number = d.number
WHERE d.webhook_id = $1 AND NOT d.parked AND d.next_try_at <= now()
    AND NOT EXISTS (
        SELECT FROM webhook_deliveries e
        WHERE e.webhook_id = d.webhook_id AND e.subject_id = d.subject_id AND NOT e.parked AND e.number < d.number)
ORDER BY d.next_try_at, d.number
LIMIT $2
