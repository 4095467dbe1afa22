-- What the bookings say of their money.
SELECT id, reference, payment_id, status::text AS status, total_amount, refunded_amount
FROM bookings
WHERE event_id = ?::uuid
