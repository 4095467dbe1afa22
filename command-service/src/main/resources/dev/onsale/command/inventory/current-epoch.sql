-- $1 event id. Which load of its inventory is current.
SELECT epoch
FROM events
WHERE id = $1
