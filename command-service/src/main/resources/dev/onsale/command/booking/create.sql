-- Makes a booking and its items, priced by the version its hold was quoted from. No row: not every place was found.
-- $1 booking, $2 reference, $3 account, $4 request id, $5 request hash, $6 event, $7 hold, $8 fence, $9 price version,
-- $10 payment token, $11 name, $12 e-mail, $13 phone, $14 ordinals, $15 area indexes, $16 places in each of these,
-- $17 session of the admission, or null, $18 whether equal seats would do
WITH places AS (
    SELECT s.ordinal, s.id AS seat_id, NULL::varchar AS area_id, s.version AS seat_version, s.price_tier_id
    FROM seats s
    WHERE s.event_id = $6 AND s.ordinal = ANY ($14::int[])
    UNION ALL
    SELECT NULL, NULL, a.area_id, NULL, a.price_tier_id
    FROM unnest($15::int[], $16::int[]) AS q (area_index, places)
    JOIN areas a ON a.event_id = $6 AND a.area_index = q.area_index
    CROSS JOIN generate_series(1, q.places)),
priced AS (
    SELECT row_number() OVER (ORDER BY l.ordinal NULLS LAST, l.area_id) AS item_no, l.*,
        p.face_minor + p.fee_minor + p.tax_minor AS price, p.currency
    FROM places l
    JOIN prices p ON p.event_id = $6 AND p.price_version = $9 AND p.price_tier_id = l.price_tier_id),
booking AS (
    INSERT INTO bookings (id, reference, user_id, request_id, request_hash, event_id, hold_id, fence, price_version,
        payment_token, contact_name, contact_email, contact_phone, admission_session, accept_equal_seats, policy_version,
        total_amount, currency)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $17, $18,
        (SELECT policy_version FROM events WHERE id = $6), sum(price), min(currency)
    FROM priced
    HAVING count(*) = cardinality($14::int[]) + coalesce((SELECT sum(n) FROM unnest($16::int[]) AS n), 0)
    RETURNING id, payment_id, total_amount, currency, version),
items AS (
    INSERT INTO booking_items (booking_id, item_no, event_id, seat_id, area_id, seat_version, price_tier_id, price)
    SELECT booking.id, item_no, $6, seat_id, area_id, seat_version, price_tier_id, price
    FROM priced, booking)
SELECT * FROM booking
