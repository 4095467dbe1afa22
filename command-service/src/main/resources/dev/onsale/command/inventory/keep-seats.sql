-- $1 event id, $2 ordinals, $3 account, $4 hold, $5 how long in ms. Marks locked seats as held.
UPDATE seats
SET status = 'held', held_by = $3, held_hold = $4, held_until = clock_timestamp() + $5 * interval '1 millisecond'
WHERE event_id = $1 AND ordinal = ANY ($2)
