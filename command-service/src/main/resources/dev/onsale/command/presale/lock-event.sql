-- $1 event. Its row, locked, with how many presales it has.
SELECT e.sale_start, e.status::text AS status, (SELECT count(*) FROM presales p WHERE p.event_id = e.id) AS presales
FROM events e
WHERE e.id = $1
FOR NO KEY UPDATE OF e
