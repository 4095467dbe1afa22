-- Bookings of an event that are in their checkout.
-- $1 event, $2 how many at the most
SELECT id FROM bookings WHERE event_id = $1 AND status = 'pending' LIMIT $2
