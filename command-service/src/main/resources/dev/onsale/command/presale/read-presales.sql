-- $1 event (null: any), $2 presale (null: any). Presales with their statistics, by number.
SELECT p.id, p.event_id, p.number, p.name, p.start_time, p.end_time, p.access::text AS access, p.price_tiers, p.sections, p.quota,
    p.fan_limit, p.closed_at, c.codes, c.codes_used, c.codes_revoked, c.uses,
    (SELECT count(*) FROM presale_fans f WHERE f.presale_id = p.id) AS fans_listed,
    (SELECT count(*) FROM presale_uses u WHERE u.presale_id = p.id) AS fans_admitted,
    (SELECT count(*) FROM presale_holds h
        JOIN bookings b ON b.hold_id = h.hold_id AND b.tickets_issued
        JOIN booking_items i ON i.booking_id = b.id AND i.claimed
        WHERE h.presale_id = p.id) AS places_sold
FROM presales p
CROSS JOIN LATERAL (
    SELECT count(*) AS codes, count(*) FILTER (WHERE used > 0) AS codes_used,
        count(*) FILTER (WHERE revoked_at IS NOT NULL) AS codes_revoked, coalesce(sum(used), 0) AS uses
    FROM presale_codes WHERE presale_id = p.id) c
WHERE p.event_id = coalesce($1::uuid, p.event_id) AND p.id = coalesce($2::uuid, p.id) AND ($1 IS NOT NULL OR $2 IS NOT NULL)
ORDER BY p.number
