-- One time that an event was put off.
-- $1 postponement
SELECT p.id, p.event_id, e.postponed = p.number AND e.status <> 'cancelled' AS current, e.name, v.name AS venue, v.city, v.time_zone,
    p.old_date, p.new_date, p.opt_out_until, p.reason
FROM postponements p
JOIN events e ON e.id = p.event_id
JOIN venues v ON v.id = e.venue_id
WHERE p.id = $1
