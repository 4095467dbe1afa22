-- One event with two seats; seat A-1-1 is sold to alice, in every table that should say so.
INSERT INTO venues (id, name, address, city, country, time_zone, latitude, longitude)
VALUES ('00000000-0000-0000-0000-000000000001', 'v', 'a', 'c', 'DE', 'UTC', 0, 0);
INSERT INTO seat_maps (id, venue_id, name, version, layout, content_hash, seat_count, area_capacity)
VALUES ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', 'm', 1, '{}', 'h', 2, 0);
INSERT INTO events (id, name, venue_id, seat_map_id, event_date, sale_start, sale_end, status, hold_ttl_ms,
                    hold_hard_max_ms, ticket_limit, capacity, seat_codes, epoch)
VALUES ('00000000-0000-0000-0000-000000000003', 'e', '00000000-0000-0000-0000-000000000001',
        '00000000-0000-0000-0000-000000000002', now() + interval '1 day', now() - interval '1 day', now(), 'on_sale',
        60000, 600000, 6, 2, 3, 1);
INSERT INTO price_tiers (id, event_id, code, name)
VALUES ('00000000-0000-0000-0000-000000000004', '00000000-0000-0000-0000-000000000003', 'T', 'T');
INSERT INTO seats (id, event_id, section, row, number, ordinal, price_tier_id, status)
VALUES ('00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000003', 'A', '1', 1, 0,
        '00000000-0000-0000-0000-000000000004', 'sold'),
       ('00000000-0000-0000-0000-000000000012', '00000000-0000-0000-0000-000000000003', 'A', '1', 2, 1,
        '00000000-0000-0000-0000-000000000004', 'available');
INSERT INTO bookings (id, reference, user_id, event_id, hold_id, fence, status, total_amount, currency, price_version,
                      payment_id, payment_token, contact_name, contact_email, tickets_issued)
VALUES ('00000000-0000-0000-0000-000000000021', 'R1', 'alice', '00000000-0000-0000-0000-000000000003', 'h1', 1,
        'confirmed', 5000, 'EUR', 1, '00000000-0000-0000-0000-000000000031', 't', 'n', 'e', true);
INSERT INTO booking_items (booking_id, item_no, event_id, seat_id, price_tier_id, price, claimed)
VALUES ('00000000-0000-0000-0000-000000000021', 1, '00000000-0000-0000-0000-000000000003',
        '00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-000000000004', 5000, true);
INSERT INTO tickets (reference, booking_id, item_no, event_id, user_id)
VALUES ('T1', '00000000-0000-0000-0000-000000000021', 1, '00000000-0000-0000-0000-000000000003', 'alice');
