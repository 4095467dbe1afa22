SELECT id, booking_id, amount, currency, payment_token, standing::text, open_movement, captured, refunded, provider,
       provider_reference, decline_code, created_at, version
FROM payment.payments
WHERE id = ANY ($1)
