-- Takes webhooks that have something to do and that nobody delivers. Their former owners change nothing any more.
-- $1 owner, $2 lease in milliseconds, $3 at most so many
WITH due AS (
    SELECT w.id
    FROM partner_webhooks w
    JOIN partners p ON p.id = w.partner_id AND NOT p.suspended
    JOIN partner_feeds f ON f.partner_id = w.partner_id
    WHERE w.lease_until < now() AND (
        w.last_number < f.last_number
        OR EXISTS (SELECT FROM partner_changes c WHERE c.partner_id = w.partner_id AND c.number IS NULL)
        OR EXISTS (SELECT FROM webhook_deliveries d WHERE d.webhook_id = w.id AND NOT d.parked AND d.next_try_at <= now()))
    ORDER BY w.lease_until, w.id
    LIMIT $3
    FOR UPDATE OF w SKIP LOCKED)
UPDATE partner_webhooks w
SET owner = $1, owner_epoch = w.owner_epoch + 1, lease_until = now() + $2 * interval '1 millisecond'
FROM due
WHERE w.id = due.id
RETURNING w.id, w.partner_id, w.owner_epoch
