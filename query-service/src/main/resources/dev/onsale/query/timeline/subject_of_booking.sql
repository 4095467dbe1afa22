-- Whose booking it is, for which event, paid with what.
-- $1 booking
SELECT id, user_id, event_id, payment_id FROM read.bookings WHERE id = $1
