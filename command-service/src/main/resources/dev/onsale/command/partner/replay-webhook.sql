-- Begins again behind a number; whoever delivers now is an older owner from here on. $1 partner, $2 webhook, $3 number
WITH rewound AS (
    UPDATE partner_webhooks
    SET last_number = $3, owner_epoch = owner_epoch + 1, owner = NULL, lease_until = '-infinity'
    WHERE partner_id = $1 AND id = $2
    RETURNING id),
gone AS (
    DELETE FROM webhook_deliveries d USING rewound WHERE d.webhook_id = rewound.id)
SELECT id FROM rewound
