-- Live tickets of a booking that belong to others than its buyer.
-- $1 booking, $2 items
SELECT t.id
FROM tickets t
JOIN bookings b ON b.id = t.booking_id
WHERE t.booking_id = $1 AND t.item_no = ANY ($2) AND t.status <> 'void' AND t.user_id <> b.user_id
ORDER BY t.id
