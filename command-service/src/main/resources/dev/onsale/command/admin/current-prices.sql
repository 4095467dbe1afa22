-- $1 events. The current prices of each, by tier code.
SELECT p.event_id, t.code, t.name, p.currency, p.face_minor, p.fee_minor, p.tax_minor
FROM events e
JOIN prices p ON p.event_id = e.id AND p.price_version = e.price_version
JOIN price_tiers t ON t.id = p.price_tier_id
WHERE e.id = ANY ($1)
ORDER BY p.event_id, t.code
