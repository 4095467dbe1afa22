-- $1 event id. Ends what lock-event-inventory began.
SELECT pg_advisory_unlock(hashtextextended('inventory ' || $1::uuid::text, 0)) AS unlocked
