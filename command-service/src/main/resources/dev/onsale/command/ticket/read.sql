-- Tickets with all that is printed on them.
-- $1 tickets, or null; $2 booking, or null
SELECT t.id, t.reference, t.booking_id, b.reference AS booking_reference, t.user_id,
    CASE
        WHEN t.status = 'void' AND EXISTS (SELECT FROM tickets n WHERE n.replaces = t.id) THEN 'transferred'
        ELSE t.status::text
    END AS status,
    t.checked_in_at, t.check_in_request, t.gate, t.version, t.event_id, e.name AS event_name, e.event_date, e.date_known,
    v.name AS venue_name, v.city, v.time_zone, s.section, s.row, s.number, s.ordinal, s.kind, s.restricted_view,
    a.area_id, a.name AS area_name, p.code AS tier
FROM tickets t
JOIN bookings b ON b.id = t.booking_id
JOIN booking_items i ON i.booking_id = t.booking_id AND i.item_no = t.item_no
JOIN price_tiers p ON p.id = i.price_tier_id
JOIN events e ON e.id = t.event_id
JOIN venues v ON v.id = e.venue_id
LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
LEFT JOIN areas a ON a.event_id = i.event_id AND a.area_id = i.area_id
WHERE t.id = ANY ($1) OR t.booking_id = $2
ORDER BY t.booking_id, t.item_no, t.transfers, t.created_at
