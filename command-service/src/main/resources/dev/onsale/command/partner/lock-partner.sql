-- One at a time makes keys or webhooks of a partner. $1 partner
SELECT account FROM partners WHERE id = $1 FOR NO KEY UPDATE
