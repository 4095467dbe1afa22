-- $1 event id, $2 ordinals, $3 account. Locks the seats in one order for everybody, and says which of them somebody else has.
SELECT ordinal,
    NOT (status = 'available' OR (status = 'held' AND (held_by = $3 OR held_until <= clock_timestamp()))) AS taken
FROM seats
WHERE event_id = $1 AND ordinal = ANY ($2)
ORDER BY ordinal
FOR UPDATE
