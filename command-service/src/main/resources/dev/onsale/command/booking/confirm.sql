-- A booking is confirmed.
-- $1 booking, $2 step it comes to
UPDATE bookings
SET status = 'confirmed', confirmed_at = now(), step = $2, version = version + 1
WHERE id = $1 AND status = 'pending'
RETURNING event_id, version
