-- $1 event id. Its durable holds that still run, with their seats.
SELECT h.hold_id, h.account, h.body, h.price_version,
    (extract(epoch FROM h.held_until - now()) * 1000)::bigint AS remaining_ms,
    p.number || ':' || x.fan || ':' || coalesce(x.code_id, 0) AS presale,
    string_agg(s.ordinal::text, ',' ORDER BY s.ordinal) AS ordinals
FROM durable_holds h
JOIN seats s ON s.event_id = h.event_id AND s.held_hold = h.hold_id AND s.status = 'held'
LEFT JOIN presale_holds x ON x.hold_id = h.hold_id
LEFT JOIN presales p ON p.id = x.presale_id
WHERE h.event_id = $1 AND h.held_until > now()
GROUP BY h.hold_id, x.hold_id, p.id
