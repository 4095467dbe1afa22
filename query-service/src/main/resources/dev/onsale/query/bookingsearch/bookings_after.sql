-- The next bookings after one, for a rebuild.
SELECT id, reference, user_id, event_id, event_name, status, total_amount, currency, refunded_amount, payment_id,
       contact_name, contact_email, contact_phone, cancel_reason, created_at, confirmed_at, cancelled_at, version, places,
       places_given_back
FROM read.bookings
WHERE id > $1
ORDER BY id
LIMIT $2
