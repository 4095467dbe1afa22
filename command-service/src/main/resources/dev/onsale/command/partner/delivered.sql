-- $1 webhook, $2 epoch, $3 number
WITH mine AS (
    UPDATE partner_webhooks SET last_success_at = now() WHERE id = $1 AND owner_epoch = $2 RETURNING id)
DELETE FROM webhook_deliveries d USING mine WHERE d.webhook_id = mine.id AND d.number = $3
