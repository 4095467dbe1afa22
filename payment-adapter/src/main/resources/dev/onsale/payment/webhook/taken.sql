SELECT body_hash
FROM payment.webhooks
WHERE provider = $1 AND id = $2
