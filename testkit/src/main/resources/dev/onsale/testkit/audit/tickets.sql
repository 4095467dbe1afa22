-- Confirmed items, apart from those given back, that lack a live ticket or whose seat is not sold; sold seats and live tickets without a confirmed booking.
SELECT 'booking ' || b.reference || ' item ' || i.item_no || ' has no live ticket' AS finding
FROM bookings b
JOIN booking_items i ON i.booking_id = b.id
WHERE b.event_id = ?::uuid AND b.status = 'confirmed'
  AND NOT EXISTS (
      SELECT FROM cancelled_items c WHERE c.booking_id = i.booking_id AND c.item_no = i.item_no)
  AND NOT EXISTS (
      SELECT FROM tickets t WHERE t.booking_id = b.id AND t.item_no = i.item_no AND t.status <> 'void')
UNION ALL
SELECT 'seat ' || s.section || '-' || s.row || '-' || s.number || ' of booking ' || b.reference || ' is ' || s.status
FROM bookings b
JOIN booking_items i ON i.booking_id = b.id
JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
WHERE b.event_id = ?::uuid AND b.status = 'confirmed' AND s.status <> 'sold'
  AND NOT EXISTS (
      SELECT FROM cancelled_items c WHERE c.booking_id = i.booking_id AND c.item_no = i.item_no)
UNION ALL
SELECT 'seat ' || s.section || '-' || s.row || '-' || s.number || ' is sold to nobody'
FROM seats s
WHERE s.event_id = ?::uuid AND s.status = 'sold'
  AND NOT EXISTS (
      SELECT FROM booking_items i JOIN bookings b ON b.id = i.booking_id
      WHERE i.event_id = s.event_id AND i.seat_id = s.id AND b.status = 'confirmed'
        AND NOT EXISTS (
            SELECT FROM cancelled_items c WHERE c.booking_id = i.booking_id AND c.item_no = i.item_no))
UNION ALL
SELECT 'ticket ' || t.reference || ' is live but its booking is ' || b.status
FROM tickets t
JOIN bookings b ON b.id = t.booking_id
WHERE t.event_id = ?::uuid AND t.status <> 'void' AND b.status <> 'confirmed'
UNION ALL
SELECT 'ticket ' || t.reference || ' is valid but was given back'
FROM tickets t
JOIN cancelled_items c ON c.booking_id = t.booking_id AND c.item_no = t.item_no
WHERE t.event_id = ?::uuid AND t.status = 'valid'
