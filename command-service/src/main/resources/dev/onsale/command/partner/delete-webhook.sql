-- $1 partner, $2 webhook
DELETE FROM partner_webhooks WHERE partner_id = $1 AND id = $2
