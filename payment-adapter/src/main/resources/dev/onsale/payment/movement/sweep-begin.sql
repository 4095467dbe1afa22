INSERT INTO payment.sweeps (provider, swept_until)
VALUES ($1, now() - interval '1 day')
ON CONFLICT (provider) DO NOTHING
