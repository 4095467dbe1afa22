-- A cancelled booking has places again, and is in a checkout again. Why it was cancelled stays until it is confirmed.
-- $1 booking, $2 hold, $3 fence, $4 which places it has
UPDATE bookings
SET status = 'pending', hold_id = $2, fence = $3, late_payment = $4, step = 'capture-payment', version = version + 1
WHERE id = $1 AND status = 'cancelled'
RETURNING event_id, version
