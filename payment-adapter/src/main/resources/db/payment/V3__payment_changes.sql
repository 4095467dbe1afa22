-- When each payment last changed, so that others can follow: transactions in the order in which they began, read only behind
-- those that still run.
ALTER TABLE payments ADD COLUMN changed_xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX payments_by_change ON payments (changed_xid, id) WHERE open_movement IS NULL;
