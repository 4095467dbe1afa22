-- $1 event id. Its presales that are not closed, by number.
SELECT number, start_time, end_time, access::text AS access, quota, fan_limit, opens_ranges, opens_areas
FROM presales
WHERE event_id = $1 AND closed_at IS NULL
ORDER BY number
