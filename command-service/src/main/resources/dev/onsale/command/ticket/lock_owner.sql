-- What an account comes to own at an event is decided one after another: by transfers to it and by its own checkouts.
-- $1 account, $2 event
SELECT pg_advisory_xact_lock(hashtextextended('owner ' || $2::uuid::text || ' ' || $1, 0))
