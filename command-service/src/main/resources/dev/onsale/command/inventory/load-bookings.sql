-- $1 event id. What its live bookings have: a line a booking and area; seats have no area.
SELECT b.hold_id, b.user_id, b.fence, b.price_version, b.tickets_issued, a.area_index, count(*) AS places,
    p.number || ':' || h.fan || ':' || coalesce(h.code_id, 0) AS presale,
    coalesce(string_agg(s.ordinal::text, ',' ORDER BY s.ordinal), '') AS ordinals
FROM bookings b
JOIN booking_items i ON i.booking_id = b.id
LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
LEFT JOIN areas a ON a.event_id = i.event_id AND a.area_id = i.area_id
LEFT JOIN presale_holds h ON h.hold_id = b.hold_id
LEFT JOIN presales p ON p.id = h.presale_id
WHERE b.event_id = $1 AND i.claimed
GROUP BY b.id, a.area_index, h.hold_id, p.id
ORDER BY b.id, a.area_index NULLS FIRST
