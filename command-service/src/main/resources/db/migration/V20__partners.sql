-- Partners: who they are, their API keys, what happened to their bookings, and how they are told.

CREATE TABLE partners (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account text NOT NULL UNIQUE, -- 'partner:' and the id: what its holds and bookings are under
    name text NOT NULL,
    suspended boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- The secret itself is nowhere: 256 random bits need no slow hash.
CREATE TABLE api_keys (
    key_id text PRIMARY KEY,
    partner_id uuid NOT NULL REFERENCES partners,
    secret_hash bytea NOT NULL, -- SHA-256
    label text NOT NULL,
    abilities text[] NOT NULL,
    events uuid[], -- null: all
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    last_used_at timestamptz,
    replaced_by text REFERENCES api_keys
);
CREATE INDEX api_keys_by_partner ON api_keys (partner_id, created_at DESC);

-- What happened, in the partner's terms: written by the transaction that made it happen. Numbered later, one reader at a time, so that
-- the numbers have no gaps and none appears behind a reader. A booking's changes are inserted under the lock of its row, so their ids
-- are in the order they happened in; transaction ids need not be: one may get its id, and then wait for the booking.
CREATE TABLE partner_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change_id uuid NOT NULL DEFAULT uuidv7(),
    partner_id uuid NOT NULL REFERENCES partners,
    number bigint, -- null: not numbered yet
    kind text NOT NULL,
    event_id uuid NOT NULL,
    booking_id uuid, -- null: about the event
    facts jsonb NOT NULL, -- ids and amounts, nothing personal
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (partner_id, number)
);
CREATE INDEX partner_changes_unnumbered ON partner_changes (partner_id, id) WHERE number IS NULL;
CREATE INDEX partner_changes_by_age ON partner_changes (created_at);

-- How far a partner's changes are numbered, and from where on they are still kept.
CREATE TABLE partner_feeds (
    partner_id uuid PRIMARY KEY REFERENCES partners,
    last_number bigint NOT NULL DEFAULT 0,
    oldest_number bigint NOT NULL DEFAULT 1
);

-- What a partner was last told of a booking (its own id), or of an event: what is told next is the difference.
CREATE TABLE partner_told (
    partner_id uuid NOT NULL REFERENCES partners,
    subject_id uuid NOT NULL,
    state text NOT NULL,
    tickets_issued boolean NOT NULL DEFAULT false,
    refunded bigint NOT NULL DEFAULT 0,
    counted int NOT NULL DEFAULT 0, -- tickets left of a booking; how often an event was put off
    PRIMARY KEY (partner_id, subject_id)
);

CREATE FUNCTION tell_partner_of_booking(subject uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    b record;
    told partner_told;
    kind text;
BEGIN
    SELECT p.id AS partner_id, k.event_id, k.reference, k.status::text AS status, k.tickets_issued, k.total_amount, k.refunded_amount,
        k.currency, k.confirmed_at, coalesce(k.cancel_reason, '') AS reason,
        (SELECT count(*)::int FROM booking_items i WHERE i.booking_id = k.id AND NOT EXISTS (
            SELECT FROM cancelled_items c WHERE c.booking_id = i.booking_id AND c.item_no = i.item_no)) AS tickets
    INTO b FROM bookings k JOIN partners p ON p.account = k.user_id WHERE k.id = subject;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT * INTO told FROM partner_told t WHERE t.partner_id = b.partner_id AND t.subject_id = subject;
    kind := CASE
        WHEN told.subject_id IS NULL THEN 'BOOKING_CREATED'
        WHEN b.status <> told.state THEN CASE b.status
            WHEN 'pending' THEN 'BOOKING_REVIVED'
            WHEN 'confirmed' THEN 'BOOKING_CONFIRMED'
            ELSE CASE WHEN b.confirmed_at IS NULL THEN 'BOOKING_FAILED' ELSE 'BOOKING_CANCELLED' END END
        WHEN b.tickets_issued AND NOT told.tickets_issued THEN 'TICKETS_ISSUED'
        WHEN b.refunded_amount > told.refunded THEN 'BOOKING_REFUNDED'
        WHEN b.tickets < told.counted THEN 'TICKETS_CANCELLED'
    END;
    IF kind IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO partner_changes (partner_id, kind, event_id, booking_id, facts)
    VALUES (b.partner_id, kind, b.event_id, subject, jsonb_build_object('reference', b.reference, 'state', b.status,
        'total', b.total_amount, 'refunded', b.refunded_amount, 'currency', b.currency, 'tickets', b.tickets, 'reason', b.reason));
    INSERT INTO partner_told VALUES (b.partner_id, subject, b.status, b.tickets_issued, b.refunded_amount, b.tickets)
    ON CONFLICT (partner_id, subject_id) DO UPDATE SET state = excluded.state, tickets_issued = excluded.tickets_issued,
        refunded = excluded.refunded, counted = excluded.counted;
END $$;

-- A ticket that took another's place: told once, when it is new. The partner is who made the booking, whoever gave the ticket away.
CREATE FUNCTION tell_partner_of_ticket(subject uuid) RETURNS void LANGUAGE sql AS $$
    INSERT INTO partner_changes (partner_id, kind, event_id, booking_id, facts)
    SELECT p.id, 'TICKET_TRANSFERRED', b.event_id, b.id, jsonb_build_object('reference', b.reference, 'state', b.status,
        'total', b.total_amount, 'refunded', b.refunded_amount, 'currency', b.currency, 'tickets', told.counted, 'reason', '',
        'ticket', t.id, 'replaced', t.replaces)
    FROM tickets t
    JOIN bookings b ON b.id = t.booking_id
    JOIN partners p ON p.account = b.user_id
    JOIN partner_told told ON told.partner_id = p.id AND told.subject_id = b.id
    WHERE t.id = subject AND t.replaces IS NOT NULL AND t.version = 1
$$;

-- An event that partners sell: they have bookings of it, or a key made for it.
CREATE FUNCTION tell_partners_of_event(subject uuid) RETURNS void LANGUAGE sql AS $$
    WITH news AS (
        SELECT p.id AS partner_id, e.id AS event_id, e.status::text AS state, e.postponed,
            CASE
                WHEN told.subject_id IS NOT NULL AND e.postponed > told.counted AND e.status <> 'cancelled' THEN 'EVENT_POSTPONED'
                WHEN e.status::text IS NOT DISTINCT FROM told.state THEN NULL
                ELSE CASE e.status WHEN 'on_sale' THEN 'EVENT_ON_SALE' WHEN 'sold_out' THEN 'EVENT_SOLD_OUT'
                    WHEN 'closed' THEN 'EVENT_CLOSED' WHEN 'cancelled' THEN 'EVENT_CANCELLED' END
            END AS kind
        FROM events e
        JOIN partners p ON EXISTS (SELECT FROM bookings b WHERE b.user_id = p.account AND b.event_id = e.id)
            OR EXISTS (SELECT FROM api_keys k WHERE k.partner_id = p.id AND e.id = ANY (k.events) AND k.revoked_at IS NULL)
        LEFT JOIN partner_told told ON told.partner_id = p.id AND told.subject_id = e.id
        WHERE e.id = subject),
    noted AS (
        INSERT INTO partner_changes (partner_id, kind, event_id, facts)
        SELECT partner_id, kind, event_id, jsonb_build_object('state', state) FROM news WHERE kind IS NOT NULL)
    INSERT INTO partner_told (partner_id, subject_id, state, counted)
    SELECT partner_id, event_id, state, postponed FROM news WHERE kind IS NOT NULL
    ON CONFLICT (partner_id, subject_id) DO UPDATE SET state = excluded.state, counted = excluded.counted
$$;

-- Called by the outbox for every change it notes, in its transaction.
CREATE FUNCTION tell_partners(kind text, subject uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    CASE kind
        WHEN 'booking' THEN PERFORM tell_partner_of_booking(subject);
        WHEN 'ticket' THEN PERFORM tell_partner_of_ticket(subject);
        WHEN 'event' THEN PERFORM tell_partners_of_event(subject);
        ELSE NULL;
    END CASE;
    RETURN true;
END $$;

-- Where changes are posted to. Secrets are keys of an HMAC: they have to be here as they are.
CREATE TABLE partner_webhooks (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    partner_id uuid NOT NULL REFERENCES partners,
    url text NOT NULL,
    secret text NOT NULL,
    old_secret text,
    old_secret_until timestamptz,
    last_number bigint NOT NULL, -- deliveries were begun for everything up to here
    owner text, -- the node that delivers
    owner_epoch bigint NOT NULL DEFAULT 0, -- fence: what an older owner says changes nothing
    lease_until timestamptz NOT NULL DEFAULT '-infinity',
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_failure text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX partner_webhooks_by_partner ON partner_webhooks (partner_id);

-- What waits to be delivered, or was given up. What was delivered is gone.
CREATE TABLE webhook_deliveries (
    webhook_id uuid NOT NULL REFERENCES partner_webhooks ON DELETE CASCADE,
    number bigint NOT NULL,
    delivery_id uuid NOT NULL DEFAULT uuidv7(),
    subject_id uuid NOT NULL, -- the booking, or the event: of one subject nothing overtakes
    parked boolean NOT NULL DEFAULT false,
    tries int NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT now(),
    first_try_at timestamptz,
    PRIMARY KEY (webhook_id, number)
);
CREATE INDEX webhook_deliveries_in_order ON webhook_deliveries (webhook_id, subject_id, number) WHERE NOT parked;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, next_try_at) WHERE NOT parked;

GRANT SELECT, INSERT ON partners TO onsale_app;
GRANT UPDATE (name, suspended) ON partners TO onsale_app;
GRANT SELECT, INSERT ON api_keys TO onsale_app;
GRANT UPDATE (expires_at, revoked_at, last_used_at, replaced_by) ON api_keys TO onsale_app;
GRANT SELECT, INSERT, DELETE ON partner_changes TO onsale_app;
GRANT UPDATE (number) ON partner_changes TO onsale_app;
GRANT SELECT, INSERT, UPDATE ON partner_feeds, partner_told TO onsale_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON partner_webhooks, webhook_deliveries TO onsale_app;
GRANT EXECUTE ON FUNCTION tell_partners(text, uuid), tell_partner_of_booking(uuid), tell_partner_of_ticket(uuid),
    tell_partners_of_event(uuid) TO onsale_app;
