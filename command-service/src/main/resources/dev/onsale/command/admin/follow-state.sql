-- $1 event. Closed when its window has ended, sold out when nothing is free, on sale otherwise; a row only if that is new.
WITH now_is AS (
    SELECT CASE
               WHEN e.sale_end <= now() THEN 'closed'
               WHEN EXISTS (SELECT 1 FROM seats s WHERE s.event_id = e.id AND s.status IN ('available', 'held'))
                   OR EXISTS (SELECT 1 FROM areas a WHERE a.event_id = e.id AND a.reserved + a.sold + a.blocked < a.capacity)
                   THEN 'on_sale'
               ELSE 'sold_out'
           END::event_status AS status
    FROM events e
    WHERE e.id = $1
)
UPDATE events
SET status = now_is.status, version = version + 1
FROM now_is
WHERE id = $1 AND events.status IN ('on_sale', 'sold_out') AND events.status <> now_is.status
RETURNING version
