-- $1 event, $2 codes, $3 names.
INSERT INTO price_tiers (event_id, code, name)
SELECT $1, code, name
FROM unnest($2::text[], $3::text[]) AS tier (code, name)
RETURNING id, code
