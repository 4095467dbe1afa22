-- The prices of events ($1), each in one version ($2), dearest first. A version never changes.
SELECT p.event_id, p.code, p.name, p.currency, p.face_minor, p.fee_minor, p.tax_minor
FROM read.prices p
JOIN unnest($1::uuid[], $2::int[]) AS wanted (event_id, price_version)
    ON wanted.event_id = p.event_id AND wanted.price_version = p.price_version
ORDER BY p.event_id, p.face_minor + p.fee_minor + p.tax_minor DESC, p.code
