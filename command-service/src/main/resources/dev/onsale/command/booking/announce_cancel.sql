-- A cancellation begins.
-- $1 booking, $2 reason, $3 step it comes to
UPDATE bookings SET cancel_reason = $2, step = $3, version = version + 1 WHERE id = $1 RETURNING event_id, version
