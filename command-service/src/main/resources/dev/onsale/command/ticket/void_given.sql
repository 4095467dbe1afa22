-- Tickets that were given away open no gate any more.
-- $1 tickets
UPDATE tickets SET status = 'void', version = version + 1 WHERE id = ANY ($1) AND status = 'valid' RETURNING id, version
