-- Bookings by their owner, to be said to the read side.
-- $1 pseudonym
SELECT id, event_id, version FROM bookings WHERE user_id = $1
