-- The bug an audit must catch: without the unique index, the same seat is sold to bob as well.
DROP INDEX booking_items_one_claim_a_seat;
INSERT INTO bookings (id, reference, user_id, event_id, hold_id, fence, status, total_amount, currency, price_version,
                      payment_id, payment_token, contact_name, contact_email, tickets_issued)
VALUES ('00000000-0000-0000-0000-000000000022', 'R2', 'bob', '00000000-0000-0000-0000-000000000003', 'h2', 1,
        'confirmed', 5000, 'EUR', 1, '00000000-0000-0000-0000-000000000032', 't', 'n', 'e', true);
INSERT INTO booking_items (booking_id, item_no, event_id, seat_id, price_tier_id, price, claimed)
VALUES ('00000000-0000-0000-0000-000000000022', 1, '00000000-0000-0000-0000-000000000003',
        '00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000004', 5000, true);
INSERT INTO tickets (reference, booking_id, item_no, event_id, user_id)
VALUES ('T2', '00000000-0000-0000-0000-000000000022', 1, '00000000-0000-0000-0000-000000000003', 'bob');
