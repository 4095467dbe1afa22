-- $1 event, $2 codes, $3 names, $4 capacities, $5 tiers; in the order of their index.
INSERT INTO areas (event_id, area_id, area_index, name, price_tier_id, capacity)
SELECT $1, code, position - 1, name, tier, capacity
FROM unnest($2::text[], $3::text[], $4::int[], $5::uuid[]) WITH ORDINALITY AS area (code, name, capacity, tier, position)
