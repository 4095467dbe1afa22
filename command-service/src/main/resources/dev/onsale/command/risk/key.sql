-- The key of the hashes.
SELECT key FROM risk_key
