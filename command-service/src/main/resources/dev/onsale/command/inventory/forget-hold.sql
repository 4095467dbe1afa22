-- $1 hold. Forgets a durable hold.
DELETE FROM durable_holds
WHERE hold_id = $1
