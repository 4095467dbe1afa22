-- $1 hold, $2 what came of it. A hold that was made stays made.
UPDATE hold_overrides SET outcome = $2 WHERE hold_id = $1 AND outcome IS DISTINCT FROM 'HELD'
