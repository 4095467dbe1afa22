-- A booking comes to a step.
-- $1 booking, $2 step
UPDATE bookings SET step = $2, version = version + 1 WHERE id = $1 RETURNING event_id, version
