-- Presales: who may hold before the general sale. Codes and accounts are stored as keyed hashes only.
ALTER TABLE events ADD COLUMN presales_version bigint NOT NULL DEFAULT 0; -- goes up with every change of an event's presales

CREATE TYPE presale_access AS ENUM ('code', 'list', 'code_and_list');

CREATE TABLE presales (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    event_id uuid NOT NULL REFERENCES events,
    number int NOT NULL, -- in its event, from 1
    name text NOT NULL,
    start_time timestamptz NOT NULL,
    end_time timestamptz NOT NULL,
    access presale_access NOT NULL,
    price_tiers text[] NOT NULL, -- codes
    sections text[] NOT NULL, -- codes of sections and areas
    opens_ranges text NOT NULL, -- ordinals of these tiers and sections, `from-to,...` (to not included)
    opens_areas text NOT NULL, -- indexes of areas; both empty: everything
    quota int CHECK (quota > 0), -- null: as many places as there are
    fan_limit int CHECK (fan_limit > 0), -- null: as the event allows
    closed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (event_id, number),
    CHECK (start_time < end_time)
);

-- Codes made or brought together. Those that were made are a function of the batch and a secret, and are stored nowhere.
CREATE TABLE presale_batches (
    id uuid PRIMARY KEY,
    presale_id uuid NOT NULL REFERENCES presales,
    label text NOT NULL,
    size int NOT NULL,
    generated boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE presale_codes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES events,
    presale_id uuid NOT NULL REFERENCES presales,
    batch_id uuid NOT NULL REFERENCES presale_batches,
    code_hash bytea NOT NULL, -- keyed
    max_uses int NOT NULL CHECK (max_uses > 0),
    used int NOT NULL DEFAULT 0, -- accounts that were let in by it
    revoked_at timestamptz,
    UNIQUE (event_id, code_hash),
    CHECK (used <= max_uses)
);
CREATE INDEX presale_codes_by_presale ON presale_codes (presale_id, batch_id);

-- Verified fans.
CREATE TABLE presale_fans (
    presale_id uuid NOT NULL REFERENCES presales,
    fan text NOT NULL, -- keyed hash of the account
    PRIMARY KEY (presale_id, fan)
);

-- Whom a presale has let in, with their first hold. That is for good: a use is not given back.
CREATE TABLE presale_uses (
    presale_id uuid NOT NULL REFERENCES presales,
    fan text NOT NULL,
    code_id bigint REFERENCES presale_codes, -- null: by the list alone
    taken_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (presale_id, fan)
);

-- Holds that were made in presales; what became of them, their bookings say.
CREATE TABLE presale_holds (
    hold_id text PRIMARY KEY,
    presale_id uuid NOT NULL REFERENCES presales,
    fan text NOT NULL,
    code_id bigint,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX presale_holds_by_presale ON presale_holds (presale_id);
CREATE INDEX presale_holds_by_fan ON presale_holds (fan);
CREATE INDEX presale_uses_by_fan ON presale_uses (fan);
CREATE INDEX presale_fans_by_fan ON presale_fans (fan);

-- Holds that the box office made for somebody, whatever the rules of the sale. Written before the hold.
CREATE TABLE hold_overrides (
    hold_id text PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES events,
    account text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    body text NOT NULL, -- hash of the request
    outcome text, -- HELD or the reason of a refusal; null: unknown, look at the hold
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX hold_overrides_by_event ON hold_overrides (event_id, created_at);
CREATE INDEX hold_overrides_by_account ON hold_overrides (account);

GRANT SELECT, INSERT ON presales, presale_batches, presale_codes, hold_overrides TO onsale_app;
GRANT UPDATE (name, start_time, end_time, quota, fan_limit, closed_at) ON presales TO onsale_app;
GRANT UPDATE (used, revoked_at) ON presale_codes TO onsale_app;
GRANT UPDATE (outcome, account) ON hold_overrides TO onsale_app;
GRANT SELECT, INSERT, DELETE ON presale_fans TO onsale_app;
GRANT SELECT, INSERT, UPDATE ON presale_uses, presale_holds TO onsale_app;
