-- Payments that succeed after the seats were let go.

ALTER TABLE bookings
    ADD COLUMN accept_equal_seats boolean NOT NULL DEFAULT false, -- what the buyer agreed to at checkout
    ADD COLUMN late_payment text CHECK (late_payment IN ('same_seats', 'equal_seats', 'refunded')),
    ADD COLUMN money_checks smallint NOT NULL DEFAULT 0; -- how often the adapter was asked after it was cancelled

-- Never confirmed, and not asked about as often as it should be.
CREATE INDEX bookings_money_unchecked ON bookings (cancelled_at)
    WHERE status = 'cancelled' AND confirmed_at IS NULL AND total_amount > 0 AND money_checks < 3;

-- How far the news of the payment adapter were taken in: moved on in the transactions of their effects.
CREATE TABLE payment_news (
    follower text PRIMARY KEY,
    token text NOT NULL, -- <transaction>_<payment>; empty: from the first payment ever
    moved_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE ON payment_news TO onsale_app;
