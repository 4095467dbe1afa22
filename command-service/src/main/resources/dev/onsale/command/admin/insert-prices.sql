-- $1 event, $2 price version, $3 currency, $4 tier codes, $5 face, $6 fee, $7 tax, in minor units.
INSERT INTO prices (event_id, price_version, price_tier_id, currency, face_minor, fee_minor, tax_minor)
SELECT $1, $2, t.id, $3, p.face, p.fee, p.tax
FROM unnest($4::text[], $5::bigint[], $6::bigint[], $7::bigint[]) AS p (code, face, fee, tax)
JOIN price_tiers t ON t.event_id = $1 AND t.code = p.code
