-- Payments whose outcome is not known, and how long ago the oldest of their movements was asked for.
SELECT p.standing::text, count(*) AS payments, extract(epoch FROM now() - min(m.created_at))::float8 AS oldest_seconds
FROM payment.payments p JOIN payment.movements m ON m.id = p.open_movement
WHERE p.open_movement IS NOT NULL
GROUP BY p.standing
