-- $1 event, $2 cursor.
UPDATE progress SET sale_cursor = greatest(sale_cursor, $2) WHERE event_id = $1
