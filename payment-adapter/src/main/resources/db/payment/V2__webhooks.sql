-- The inbox: webhooks that were taken, by the provider's id. A row is written with the webhook's effect or not at all.
CREATE TABLE webhooks (
    provider text NOT NULL,
    id text NOT NULL,
    type text NOT NULL,
    payment_id uuid NOT NULL, -- perhaps not one of ours
    body_hash text NOT NULL, -- tells another body under the same id
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (provider, id)
);
CREATE INDEX webhooks_by_age ON webhooks (received_at);

GRANT SELECT, INSERT, DELETE ON webhooks TO onsale_app;
