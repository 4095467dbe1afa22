-- The money of a payment that came late went back: nothing was sold.
-- $1 booking
UPDATE bookings
SET late_payment = 'refunded', version = version + 1
WHERE id = $1 AND status = 'cancelled' AND late_payment IS DISTINCT FROM 'refunded'
RETURNING event_id, version
