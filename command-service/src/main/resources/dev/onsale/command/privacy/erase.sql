-- Removes an account from all tables.
-- $1 account, $2 pseudonym
SELECT erase_account($1, $2) || erase_risk($1, $2) AS removed
