-- Whether the owner still is, and the partner may be told; with what it takes to deliver. $1 webhook, $2 epoch, $3 lease in
-- milliseconds
UPDATE partner_webhooks w
SET lease_until = now() + $3 * interval '1 millisecond'
FROM partners p
WHERE w.id = $1 AND w.owner_epoch = $2 AND p.id = w.partner_id AND NOT p.suspended
RETURNING w.url, w.secret, CASE WHEN w.old_secret_until > now() THEN w.old_secret END AS old_secret
