-- $1 event, $2 fan, $3 hash of a code that was not revoked. Its presale, if that is not closed, and how the fan stands to it.
SELECT p.id, p.event_id, p.number, p.name, p.start_time, p.end_time, p.access::text AS access, p.price_tiers, p.sections, p.quota,
    p.fan_limit, p.closed_at, u.code_id IS NOT NULL AS admitted, f.fan IS NOT NULL AS listed, c.used < c.max_uses AS unused
FROM presale_codes c
JOIN presales p ON p.id = c.presale_id
LEFT JOIN presale_uses u ON u.presale_id = p.id AND u.fan = $2
LEFT JOIN presale_fans f ON f.presale_id = p.id AND f.fan = $2
WHERE c.event_id = $1 AND c.code_hash = $3 AND c.revoked_at IS NULL AND p.closed_at IS NULL
