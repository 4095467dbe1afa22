DELETE FROM payment.webhooks
WHERE (provider, id) IN (SELECT provider, id FROM payment.webhooks
                         WHERE received_at < now() - $1 * interval '1 millisecond'
                         LIMIT 10000)
