-- Appends an entry to a chain.
-- $1 chain, $2 actor, $3 their roles, $4 action, $5 kind of its subject, $6 subject, $7 event, $8 reason, $9 details, $10 key
SELECT audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
