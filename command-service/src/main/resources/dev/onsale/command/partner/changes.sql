-- $1 partner, $2 behind this number, $3 up to this one, $4 these events alone or null, $5 at most so many
SELECT number, change_id, kind, event_id, booking_id, facts, created_at
FROM partner_changes
WHERE partner_id = $1 AND number > $2 AND number <= $3 AND ($4::uuid[] IS NULL OR event_id = ANY ($4))
ORDER BY number
LIMIT $5
