-- Refunds, oldest first.
-- $1 states, $2 only those behind this one (null: from the oldest), $3 how many at the most
SELECT *
FROM given_back
WHERE refund > 0 AND state::text = ANY ($1) AND ($2::uuid IS NULL OR id > $2)
ORDER BY id
LIMIT $3
