-- $1 event id. What was taken in its presales, as the scripts keep it: who was let in by what, uses, codes that were revoked.
SELECT 'a:' || p.number || ':' || u.fan AS field, coalesce(u.code_id, 0)::text AS value
FROM presale_uses u
JOIN presales p ON p.id = u.presale_id
WHERE p.event_id = $1
UNION ALL
SELECT 'u:' || c.id, c.used::text FROM presale_codes c WHERE c.event_id = $1 AND c.used > 0
UNION ALL
SELECT 'x:' || c.id, '1' FROM presale_codes c WHERE c.event_id = $1 AND c.revoked_at IS NOT NULL
