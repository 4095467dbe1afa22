-- $1 event id, $2 ordinals. Locks the seats in one order for everybody, and says what they are.
SELECT ordinal, CASE
    WHEN status = 'reserved' THEN 2
    WHEN status = 'sold' THEN 3
    WHEN status = 'blocked' THEN 4
    WHEN status = 'held' AND held_until > now() THEN 1
    ELSE 0 END AS status
FROM seats
WHERE event_id = $1 AND ordinal = ANY ($2)
ORDER BY ordinal
FOR UPDATE
