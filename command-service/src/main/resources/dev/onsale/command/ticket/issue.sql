-- Issues a ticket for every item of a booking that has no live one.
-- $1 booking, $2 references, at least one an item
INSERT INTO tickets (reference, booking_id, item_no, event_id, user_id)
SELECT ($2::text[])[i.item_no], i.booking_id, i.item_no, i.event_id, b.user_id
FROM booking_items i
JOIN bookings b ON b.id = i.booking_id
WHERE i.booking_id = $1
ON CONFLICT (booking_id, item_no) WHERE status <> 'void' DO NOTHING
