-- Seats with more than one confirmed booking or live ticket, areas sold beyond their capacity. Looks at bookings and
-- tickets, not at the claims that are meant to prevent it.
SELECT 'seat ' || s.section || '-' || s.row || '-' || s.number || ' is in ' || count(*) || ' confirmed bookings' AS finding
FROM booking_items i
JOIN bookings b ON b.id = i.booking_id AND b.status = 'confirmed'
JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
WHERE i.event_id = ?::uuid
  AND NOT EXISTS (SELECT FROM cancelled_items c WHERE c.booking_id = i.booking_id AND c.item_no = i.item_no)
GROUP BY s.section, s.row, s.number
HAVING count(*) > 1
UNION ALL
SELECT 'seat ' || s.section || '-' || s.row || '-' || s.number || ' has ' || count(*) || ' live tickets'
FROM tickets t
JOIN booking_items i ON i.booking_id = t.booking_id AND i.item_no = t.item_no
JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
WHERE t.event_id = ?::uuid AND t.status <> 'void'
GROUP BY s.section, s.row, s.number
HAVING count(*) > 1
UNION ALL
SELECT 'area ' || a.area_id || ' has ' || count(*) || ' sold of ' || a.capacity
FROM areas a
JOIN booking_items i ON i.event_id = a.event_id AND i.area_id = a.area_id
JOIN bookings b ON b.id = i.booking_id AND b.status = 'confirmed'
WHERE a.event_id = ?::uuid
  AND NOT EXISTS (SELECT FROM cancelled_items c WHERE c.booking_id = i.booking_id AND c.item_no = i.item_no)
GROUP BY a.area_id, a.capacity
HAVING count(*) > a.capacity
