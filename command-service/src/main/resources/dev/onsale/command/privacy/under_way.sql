-- A booking of the account about which something is still under way, if there is one.
-- $1 account
SELECT s.booking
FROM subjects_of_account($1) s
JOIN sagas g ON g.subject_id = s.subject
WHERE g.state IN ('running', 'compensating')
UNION ALL
SELECT b.id FROM bookings b WHERE b.user_id = $1 AND b.status = 'pending'
LIMIT 1
