-- $1 event id. What its live bookings have: a line a booking and area; seats have no area.
SELECT b.hold_id, b.user_id, b.fence, b.price_version, b.tickets_issued, a.area_index, count(*) AS places,
    coalesce(string_agg(s.ordinal::text, ',' ORDER BY s.ordinal), '') AS ordinals
FROM bookings b
JOIN booking_items i ON i.booking_id = b.id
LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
LEFT JOIN areas a ON a.event_id = i.event_id AND a.area_id = i.area_id
WHERE b.event_id = $1 AND i.claimed
GROUP BY b.id, a.area_index
ORDER BY b.id, a.area_index NULLS FIRST
