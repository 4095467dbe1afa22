-- $1 presale, $2 name, $3 start, $4 end, $5 quota, $6 limit of a fan (null: none)
UPDATE presales SET name = $2, start_time = $3, end_time = $4, quota = $5, fan_limit = $6
WHERE id = $1
RETURNING id, event_id, number, name, start_time, end_time, access::text AS access, price_tiers, sections, quota, fan_limit, closed_at
