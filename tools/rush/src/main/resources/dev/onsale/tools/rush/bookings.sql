SELECT id, status::text, payment_id, total_amount - refunded_amount
FROM bookings
WHERE event_id = ?::uuid
