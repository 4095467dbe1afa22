-- Gives the next numbers to changes that have none, in the order of their ids. Only under the lock of the feed, in a statement that
-- began behind it: numbers given by others are seen, so none is given twice and none is left out. $1 partner, $2 at most so many
WITH due AS (
    SELECT id, row_number() OVER (ORDER BY id) AS place
    FROM (SELECT id FROM partner_changes WHERE partner_id = $1 AND number IS NULL ORDER BY id LIMIT $2) unnumbered),
numbered AS (
    UPDATE partner_changes c
    SET number = f.last_number + due.place
    FROM due, partner_feeds f
    WHERE c.id = due.id AND f.partner_id = $1)
UPDATE partner_feeds SET last_number = last_number + (SELECT count(*) FROM due) WHERE partner_id = $1
