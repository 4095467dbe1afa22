-- The current prices of events, dearest first.
SELECT p.event_id, p.code, p.name, p.currency, p.face_minor, p.fee_minor, p.tax_minor
FROM read.prices p
JOIN read.events e ON e.id = p.event_id AND e.price_version = p.price_version
WHERE p.event_id = ANY ($1)
ORDER BY p.event_id, p.face_minor + p.fee_minor + p.tax_minor DESC, p.code
