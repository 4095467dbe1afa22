-- $1 presale. The presale, with its event locked: changes of an event's presales go one after another.
SELECT p.id, p.event_id, p.number, p.name, p.start_time, p.end_time, p.access::text AS access, p.price_tiers, p.sections,
    p.quota, p.fan_limit, p.closed_at, e.sale_start
FROM presales p
JOIN events e ON e.id = p.event_id
WHERE p.id = $1
FOR NO KEY UPDATE OF e
