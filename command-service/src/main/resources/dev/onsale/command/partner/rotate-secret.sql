-- $1 partner, $2 webhook, $3 new secret, $4 how long the old one signs too, in milliseconds
UPDATE partner_webhooks
SET old_secret = secret, old_secret_until = now() + $4 * interval '1 millisecond', secret = $3
WHERE partner_id = $1 AND id = $2
RETURNING id
