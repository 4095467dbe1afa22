-- $1 event, then one element a run: $2 section, $3 row, $4 first number, $5 first ordinal, $6 count, $7 tier; $8 one byte an
-- ordinal: kind in bits 0 and 1, restricted view in bit 2. One row a seat.
INSERT INTO seats (event_id, section, row, number, ordinal, kind, restricted_view, price_tier_id)
SELECT $1, run.section, run.row, run.first_number + i, run.first_ordinal + i,
       get_byte($8, run.first_ordinal + i) & 3, get_byte($8, run.first_ordinal + i) & 4 <> 0, run.tier
FROM unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::int[], $7::uuid[])
     AS run (section, row, first_number, first_ordinal, count, tier)
CROSS JOIN LATERAL generate_series(0, run.count - 1) AS i
