-- $1 event id. Its durable holds that still run, with their seats.
SELECT h.hold_id, h.account, h.body, h.price_version,
    (extract(epoch FROM h.held_until - now()) * 1000)::bigint AS remaining_ms,
    string_agg(s.ordinal::text, ',' ORDER BY s.ordinal) AS ordinals
FROM durable_holds h
JOIN seats s ON s.event_id = h.event_id AND s.held_hold = h.hold_id AND s.status = 'held'
WHERE h.event_id = $1 AND h.held_until > now()
GROUP BY h.hold_id
