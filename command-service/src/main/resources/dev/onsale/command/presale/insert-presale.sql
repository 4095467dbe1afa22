-- $1 event, $2 name, $3 start, $4 end, $5 access, $6 tiers, $7 sections, $8 ordinals, $9 areas, $10 quota, $11 limit of a fan (null: none)
INSERT INTO presales (event_id, number, name, start_time, end_time, access, price_tiers, sections, opens_ranges, opens_areas,
    quota, fan_limit)
SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5::text::presale_access, $6, $7, $8, $9, $10, $11
FROM presales WHERE event_id = $1
RETURNING id, event_id, number, name, start_time, end_time, access::text AS access, price_tiers, sections, quota, fan_limit, closed_at
