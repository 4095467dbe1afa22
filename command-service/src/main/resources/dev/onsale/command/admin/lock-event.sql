-- $1 event. Operators' changes of an event go one after another; bookings are not held up.
SELECT status::text AS status, sale_start, sale_end, epoch, now() AS now
FROM events
WHERE id = $1
FOR NO KEY UPDATE
