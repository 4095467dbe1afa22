-- $1 series. Whether there is one.
SELECT id
FROM series
WHERE id = $1
