-- A new partner with an empty feed. $1 name
WITH fresh AS (
    SELECT uuidv7() AS id),
made AS (
    INSERT INTO partners (id, account, name) SELECT id, 'partner:' || id, $1 FROM fresh RETURNING *),
feed AS (
    INSERT INTO partner_feeds (partner_id) SELECT id FROM made)
SELECT id, account, name, suspended, created_at FROM made
