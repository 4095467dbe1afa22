-- $1 hold, $2 event id, $3 account, $4 body hash (empty: as before), $5 price version, $6 how long in ms. Stores what a hold needs to be restored.
INSERT INTO durable_holds (hold_id, event_id, account, body, price_version, held_until)
VALUES ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 millisecond')
ON CONFLICT (hold_id) DO UPDATE
SET body = coalesce(nullif(excluded.body, ''), durable_holds.body), price_version = excluded.price_version, held_until = excluded.held_until
