-- $1 webhook, $2 epoch
UPDATE partner_webhooks SET owner = NULL, lease_until = '-infinity' WHERE id = $1 AND owner_epoch = $2
