-- $1 event. What Redis is to know, if it was loaded at all (epoch > 0): the version of its presales, and those that are not closed (a row without number: none is).
SELECT e.epoch, e.presales_version, p.number, p.start_time, p.end_time, p.access::text AS access, p.quota, p.fan_limit, p.opens_ranges,
    p.opens_areas
FROM events e
LEFT JOIN presales p ON p.event_id = e.id AND p.closed_at IS NULL
WHERE e.id = $1
ORDER BY p.number
