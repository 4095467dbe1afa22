-- The gate of each sale: which events need an admission, and which admissions are worth nothing any more.

-- xid: the transaction that wrote the row last. Every node reads what is new by it, behind pg_snapshot_xmin.
CREATE TABLE gates (
    event_id uuid PRIMARY KEY REFERENCES events,
    admission_required boolean NOT NULL,
    room_closed boolean NOT NULL DEFAULT false, -- only who holds or buys needs an admission
    epoch int NOT NULL CHECK (epoch > 0), -- admissions of an older one are worth nothing
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX gates_by_xid ON gates (xid);

-- A session, or an account for good.
CREATE TABLE revoked_admissions (
    event_id uuid NOT NULL REFERENCES gates,
    session_id text NOT NULL DEFAULT '',
    account text NOT NULL DEFAULT '',
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    revoked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (event_id, session_id, account),
    CHECK ((session_id = '') <> (account = ''))
);
CREATE INDEX revoked_admissions_by_xid ON revoked_admissions (xid);

-- Sessions that have ended with a booking: written by the transaction that confirms it.
CREATE TABLE finished_sessions (
    event_id uuid NOT NULL,
    session_id text NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    finished_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (event_id, session_id)
);
CREATE INDEX finished_sessions_by_event ON finished_sessions (event_id, xid);
CREATE INDEX finished_sessions_by_xid ON finished_sessions (xid);

ALTER TABLE bookings ADD COLUMN admission_session text; -- null: none was needed

GRANT SELECT, INSERT, UPDATE ON gates, revoked_admissions TO onsale_app;
GRANT SELECT, INSERT ON finished_sessions TO onsale_app;
