-- $1 event id, $2 ordinals. The bookings that claim these seats, with all they claim: ordinals, and area index:quantity.
SELECT b.hold_id, b.user_id, b.fence, b.price_version, b.tickets_issued,
    (SELECT coalesce(string_agg(s.ordinal::text, ',' ORDER BY s.ordinal), '')
     FROM booking_items i
     JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
     WHERE i.booking_id = b.id AND i.claimed) AS ordinals,
    (SELECT coalesce(string_agg(c.area_index || ':' || c.places, ','), '')
     FROM (SELECT a.area_index, count(*) AS places
           FROM booking_items i
           JOIN areas a ON a.event_id = i.event_id AND a.area_id = i.area_id
           WHERE i.booking_id = b.id AND i.claimed
           GROUP BY a.area_index) c) AS areas
FROM bookings b
WHERE b.id IN (SELECT i.booking_id
               FROM booking_items i
               JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
               WHERE i.event_id = $1 AND i.claimed AND s.event_id = $1 AND s.ordinal = ANY ($2))
