-- $1 presale. Closes it, if it is not closed.
UPDATE presales SET closed_at = coalesce(closed_at, now())
WHERE id = $1
RETURNING id, event_id, number, name, start_time, end_time, access::text AS access, price_tiers, sections, quota, fan_limit, closed_at
