SELECT count(*)
FROM tickets
WHERE event_id = ?::uuid AND status <> 'void'
