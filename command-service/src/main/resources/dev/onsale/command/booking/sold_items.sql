-- The items of a booking with what was paid for each, their live tickets, and whether they were given back.
-- $1 booking
SELECT i.item_no, i.price, p.fee_minor, t.id AS ticket, t.status IS NOT DISTINCT FROM 'checked_in' AS used,
    coalesce(s.section || '-' || s.row || '-' || s.number, i.area_id) AS place, c.cancellation_id IS NOT NULL AS given_back,
    ARRAY(SELECT v.id FROM tickets v
        WHERE v.booking_id = i.booking_id AND v.item_no = i.item_no AND v.status = 'void') AS void_tickets
FROM booking_items i
JOIN bookings b ON b.id = i.booking_id
JOIN prices p ON p.event_id = i.event_id AND p.price_version = b.price_version AND p.price_tier_id = i.price_tier_id
LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
LEFT JOIN tickets t ON t.booking_id = i.booking_id AND t.item_no = i.item_no AND t.status <> 'void'
LEFT JOIN cancelled_items c ON c.booking_id = i.booking_id AND c.item_no = i.item_no
WHERE i.booking_id = $1
ORDER BY i.item_no
