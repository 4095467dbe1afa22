-- The tickets of a booking are issued.
-- $1 booking, $2 step it comes to
UPDATE bookings SET tickets_issued = true, step = $2, version = version + 1 WHERE id = $1 RETURNING event_id, version
