-- $1 event, $2 lobby size, $3 its digest, $4 value of the beacon, $5 when the lobby ended.
INSERT INTO draws (event_id, lobby_size, lobby_digest, beacon_value, drawn_at)
VALUES ($1, $2, $3, $4, $5)
