-- $1 event.
SELECT r.event_id, r.state::text, r.epoch, r.open_time, r.drain_rate, r.max_active, r.claim_window_ms, r.session_length_ms,
       r.challenge::text, r.adaptive, r.beacon, r.capacity, r.secret, r.draw_key, r.last_word, r.open_sale,
       d.lobby_size, d.lobby_digest, d.beacon_value, d.drawn_at, p.joined, p.serving_number,
       p.digest_of, p.lobby_digest AS noted_digest
FROM rooms r
JOIN progress p USING (event_id)
LEFT JOIN draws d USING (event_id)
WHERE r.event_id = $1
