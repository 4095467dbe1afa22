-- Payments that should have moved money at a provider, made between two times; behind a place, $6 at the most.
SELECT id, booking_id, amount, currency, payment_token, standing::text, open_movement, captured, refunded, provider,
       provider_reference, decline_code, created_at, version
FROM payment.payments
WHERE provider = $1 AND created_at >= $2 AND created_at < $3 AND (created_at, id) > ($4, $5)
    AND standing IN ('authorized', 'captured', 'partially_refunded', 'refunded')
ORDER BY created_at, id
LIMIT $6
