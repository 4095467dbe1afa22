-- $1 event id. Its prices: the newest 100 versions, which is more than any live hold can name.
SELECT p.price_version, t.code, p.currency, p.face_minor, p.fee_minor, p.tax_minor
FROM prices p
JOIN price_tiers t ON t.id = p.price_tier_id
WHERE p.event_id = $1 AND p.price_version > (SELECT price_version FROM events WHERE id = $1) - 100
