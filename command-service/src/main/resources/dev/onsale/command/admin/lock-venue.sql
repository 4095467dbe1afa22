-- $1 venue. Seat map versions of a venue are given out one by one.
SELECT id
FROM venues
WHERE id = $1
FOR NO KEY UPDATE
