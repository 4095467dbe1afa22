-- $1 event, $2 ordinals. What each seat is, a durable hold that ran out counting as available; locked in order.
SELECT ordinal,
       CASE WHEN status = 'held' AND held_until < now() THEN 'available' ELSE status::text END AS status
FROM seats
WHERE event_id = $1 AND ordinal = ANY ($2)
ORDER BY ordinal
FOR NO KEY UPDATE
