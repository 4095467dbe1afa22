-- The reserved seats of a booking become sold.
-- $1 booking
UPDATE seats s
SET status = 'sold', version = s.version + 1
FROM booking_items i
WHERE i.booking_id = $1 AND i.claimed AND s.event_id = i.event_id AND s.id = i.seat_id AND s.status = 'reserved'
