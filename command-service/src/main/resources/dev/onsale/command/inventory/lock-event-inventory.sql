-- $1 event id. Makes this connection the only one that loads the event, if no other does.
SELECT pg_try_advisory_lock(hashtextextended('inventory ' || $1::uuid::text, 0)) AS locked
