-- $1 event, $2 name, $3 start, $4 end, $5 access, $6 tiers, $7 sections, $8 ordinals, $9 areas, $10 quota, $11 limit of a fan (null: none)
INSERT INTO presales (event_id, number, name, start_time, end_time, access, price_tiers, sections, opens_ranges, opens_areas,
    quota, fan_limit)
SELECT $1::uuid, coalesce(max(number), 0) + 1, $2::text, $3::timestamptz, $4::timestamptz, $5::text::presale_access, $6::text[],
    $7::text[], $8::text, $9::text, $10::int, $11::int
FROM presales WHERE event_id = $1
RETURNING id, event_id, number, name, start_time, end_time, access::text AS access, price_tiers, sections, quota, fan_limit, closed_at
