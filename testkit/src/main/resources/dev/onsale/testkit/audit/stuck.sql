-- Seats reserved or held durably without a pending booking, area counters that differ from the bookings.
SELECT 'seat ' || s.section || '-' || s.row || '-' || s.number || ' is ' || s.status || ' without a booking' AS finding
FROM seats s
WHERE s.event_id = ?::uuid
  AND (s.status = 'reserved' OR s.status = 'held' AND s.held_until < now())
  AND NOT EXISTS (
      SELECT FROM booking_items i JOIN bookings b ON b.id = i.booking_id
      WHERE i.event_id = s.event_id AND i.seat_id = s.id AND i.claimed AND b.status <> 'cancelled')
UNION ALL
SELECT 'area ' || a.area_id || ' counts ' || a.reserved || ' reserved and ' || a.sold || ' sold, bookings say ' || count(b.id)
FROM areas a
LEFT JOIN booking_items i ON i.event_id = a.event_id AND i.area_id = a.area_id AND i.claimed
LEFT JOIN bookings b ON b.id = i.booking_id AND b.status <> 'cancelled'
WHERE a.event_id = ?::uuid
GROUP BY a.area_id, a.reserved, a.sold
HAVING a.reserved + a.sold <> count(b.id)
