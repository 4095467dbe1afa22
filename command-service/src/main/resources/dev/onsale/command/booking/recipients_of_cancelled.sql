-- Who had got tickets of a cancellation from the buyer, and an address of theirs is known: what they can't use any more.
-- $1 cancellation
SELECT x.to_email, e.name AS event_name, array_agg(coalesce(s.section || '-' || s.row || '-' || s.number, i.area_id) ORDER BY l.item_no) AS places
FROM cancelled_items l
JOIN booking_items i ON i.booking_id = l.booking_id AND i.item_no = l.item_no
JOIN bookings b ON b.id = l.booking_id
JOIN events e ON e.id = b.event_id
LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
JOIN LATERAL (
    SELECT t.transfer_id FROM tickets t WHERE t.booking_id = l.booking_id AND t.item_no = l.item_no
    ORDER BY t.created_at DESC, t.id DESC LIMIT 1) t ON true
JOIN ticket_transfers x ON x.id = t.transfer_id
WHERE l.cancellation_id = $1 AND x.to_email IS NOT NULL AND x.to_account <> b.user_id
GROUP BY x.to_email, e.name
ORDER BY x.to_email
