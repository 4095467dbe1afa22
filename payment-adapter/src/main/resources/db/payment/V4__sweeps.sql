-- How far what a provider has was compared with what we have. To compare again, set it back.
CREATE TABLE sweeps (
    provider text PRIMARY KEY,
    swept_until timestamptz NOT NULL
);
CREATE INDEX payments_by_age ON payments (provider, created_at, id);

GRANT SELECT, INSERT, UPDATE ON sweeps TO onsale_app;
