-- Cancellations of some bookings whose money is on its way.
-- $1 bookings
SELECT id FROM cancellations WHERE booking_id = ANY ($1) AND state = 'refunding'
