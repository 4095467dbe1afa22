-- No row: another numbers this feed right now, and its numbers will do. $1 partner
SELECT last_number FROM partner_feeds WHERE partner_id = $1 FOR UPDATE SKIP LOCKED
