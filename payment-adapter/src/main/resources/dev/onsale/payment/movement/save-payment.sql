UPDATE payment.payments
SET standing = $2::text::payment.payment_standing, open_movement = $3, captured = $4, refunded = $5,
    provider_reference = $6, decline_code = $7, version = $8, asks = 0, changed_xid = pg_current_xact_id()
WHERE id = $1
