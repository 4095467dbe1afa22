-- Payments, the movements asked of them, every call made to a provider. Lives in the schema "payment".

CREATE TYPE payment_standing AS ENUM ('authorizing', 'authorized', 'declined', 'capturing', 'captured', 'voiding',
    'voided', 'refunding', 'partially_refunded', 'refunded');

CREATE TABLE payments (
    id uuid PRIMARY KEY, -- chosen by the caller
    booking_id uuid, -- null: voided before anybody authorized it
    amount bigint NOT NULL CHECK (amount >= 0), -- minor units
    currency varchar(3) NOT NULL,
    payment_token text NOT NULL,
    standing payment_standing NOT NULL,
    open_movement uuid, -- whose outcome is not known
    captured bigint NOT NULL DEFAULT 0,
    refunded bigint NOT NULL DEFAULT 0,
    provider text NOT NULL,
    provider_reference text NOT NULL DEFAULT '',
    decline_code text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    called_at timestamptz NOT NULL DEFAULT now(), -- when a call that moves money was last begun
    ask_at timestamptz NOT NULL DEFAULT now(), -- when to ask the provider about an open movement
    asks int NOT NULL DEFAULT 0, -- how often it was asked
    version bigint NOT NULL DEFAULT 1,
    CHECK (captured BETWEEN 0 AND amount),
    CHECK (refunded BETWEEN 0 AND captured),
    CHECK ((open_movement IS NOT NULL) = (standing IN ('authorizing', 'capturing', 'voiding', 'refunding')))
);
CREATE INDEX payments_open ON payments (ask_at) WHERE open_movement IS NOT NULL;
CREATE INDEX payments_by_booking ON payments (booking_id);

CREATE TYPE movement_verb AS ENUM ('authorize', 'capture', 'void', 'refund', 'query');
CREATE TYPE movement_result AS ENUM ('open', 'succeeded', 'declined');

-- One request to move money: also what makes a request id repeatable.
CREATE TABLE movements (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    payment_id uuid NOT NULL REFERENCES payments,
    account text NOT NULL, -- who asked
    request_id text NOT NULL,
    body_hash text NOT NULL,
    verb movement_verb NOT NULL,
    amount bigint NOT NULL,
    key_number int NOT NULL DEFAULT 1,
    result movement_result NOT NULL DEFAULT 'open',
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account, request_id)
);

CREATE TYPE attempt_outcome AS ENUM ('started', 'succeeded', 'declined', 'failed', 'unknown');

-- One call to the provider: written before it is made, and again when it is answered.
CREATE TABLE attempts (
    payment_id uuid NOT NULL REFERENCES payments,
    number int NOT NULL,
    verb movement_verb NOT NULL,
    idempotency_key text NOT NULL, -- empty: a query
    outcome attempt_outcome NOT NULL DEFAULT 'started',
    detail text NOT NULL DEFAULT '',
    started_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    PRIMARY KEY (payment_id, number)
);

GRANT USAGE ON SCHEMA payment TO onsale_app;
GRANT SELECT, INSERT, UPDATE ON payments, movements, attempts TO onsale_app;
