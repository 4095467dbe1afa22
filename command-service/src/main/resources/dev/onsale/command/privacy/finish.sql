-- An erasure is done. No row: it was before.
-- $1 id, $2 what was removed
UPDATE erasures SET parts = $2, finished_at = now() WHERE id = $1 AND finished_at IS NULL
