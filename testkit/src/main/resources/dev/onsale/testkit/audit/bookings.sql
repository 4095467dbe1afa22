-- What the bookings say of their money: what was paid, what of it was given back, and what they promised to give back.
SELECT id, reference, payment_id, status::text AS status, tickets_issued, total_amount, refunded_amount, refund_due
FROM bookings
WHERE event_id = ?::uuid
