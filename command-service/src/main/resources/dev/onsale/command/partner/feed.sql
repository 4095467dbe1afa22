-- How far a feed is numbered, where it begins, and whether something waits for a number. $1 partner
SELECT last_number, oldest_number,
    EXISTS (SELECT FROM partner_changes c WHERE c.partner_id = f.partner_id AND c.number IS NULL) AS unnumbered
FROM partner_feeds f
WHERE partner_id = $1
