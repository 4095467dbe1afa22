-- A partner's webhooks, or one of them, with what waits. $1 partner, $2 webhook or null
SELECT w.*,
    (SELECT count(*)::int FROM webhook_deliveries d WHERE d.webhook_id = w.id AND NOT d.parked) AS waiting,
    (SELECT count(*)::int FROM webhook_deliveries d WHERE d.webhook_id = w.id AND d.parked) AS parked
FROM partner_webhooks w
WHERE w.partner_id = $1 AND ($2::uuid IS NULL OR w.id = $2)
ORDER BY w.created_at
