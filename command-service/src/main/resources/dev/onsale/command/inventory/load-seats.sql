-- $1 event id. Its seats as one text, one character an ordinal: 48 + status * 4 + kind; `-` where nobody has the ordinal.
SELECT coalesce(string_agg(CASE
    WHEN s.id IS NULL THEN '-'
    ELSE chr(48 + s.kind + 4 * CASE
        WHEN s.status = 'reserved' THEN 2
        WHEN s.status = 'sold' THEN 3
        WHEN s.status = 'blocked' THEN 4
        WHEN s.status = 'held' AND s.held_until > now() THEN 1
        ELSE 0 END)
    END, '' ORDER BY n), '') AS seats
FROM events e
CROSS JOIN generate_series(0, e.seat_codes - 1) n
LEFT JOIN seats s ON s.event_id = e.id AND s.ordinal = n
WHERE e.id = $1
