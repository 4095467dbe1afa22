-- $1 event, $2 fan, $3 hash of a code (empty: none). Presales of the event that are not closed: whether the fan is on the list,
-- and the code if it is one of theirs.
SELECT p.number, c.id AS code_id, c.max_uses, f.fan IS NOT NULL AS listed
FROM presales p
LEFT JOIN presale_codes c ON c.event_id = $1 AND c.code_hash = $3 AND c.presale_id = p.id AND c.revoked_at IS NULL
LEFT JOIN presale_fans f ON f.presale_id = p.id AND f.fan = $2
WHERE p.event_id = $1 AND p.closed_at IS NULL
ORDER BY p.number
