-- The versions of some bookings.
-- $1 bookings
SELECT id, version FROM bookings WHERE id = ANY ($1)
