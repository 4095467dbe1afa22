-- $1 event, $2 state, $3 last word, $4 whether the sale is open to everyone.
UPDATE rooms
SET state = $2::text::room_state, last_word = $3, open_sale = $4, version = version + 1
WHERE event_id = $1
