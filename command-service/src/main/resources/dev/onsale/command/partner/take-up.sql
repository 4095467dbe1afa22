-- Begins deliveries of what is numbered since, as long as not too many wait. Nothing if the owner is no longer the owner.
-- $1 webhook, $2 epoch, $3 at most so many, $4 at most so many waiting
WITH mine AS (
    SELECT w.id, w.partner_id, w.last_number
    FROM partner_webhooks w
    WHERE w.id = $1 AND w.owner_epoch = $2
        AND (SELECT count(*) FROM webhook_deliveries d WHERE d.webhook_id = w.id AND NOT d.parked) < $4
    FOR UPDATE),
fresh AS (
    SELECT mine.id, c.number, coalesce(c.booking_id, c.event_id) AS subject
    FROM mine
    JOIN partner_changes c ON c.partner_id = mine.partner_id AND c.number > mine.last_number
    ORDER BY c.number
    LIMIT $3),
begun AS (
    INSERT INTO webhook_deliveries (webhook_id, number, subject_id)
    SELECT id, number, subject FROM fresh
    ON CONFLICT DO NOTHING)
UPDATE partner_webhooks w SET last_number = f.last FROM (SELECT max(number) AS last FROM fresh) f WHERE w.id = $1 AND f.last IS NOT NULL
