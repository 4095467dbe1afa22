-- From now on. $1 partner, $2 address, $3 secret
INSERT INTO partner_webhooks (partner_id, url, secret, last_number)
SELECT partner_id, $2, $3, last_number FROM partner_feeds WHERE partner_id = $1
RETURNING id
