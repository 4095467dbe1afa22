-- The three roles of Onsale. Safe to run at every start. The owner may create databases, so that tests can.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'onsale_owner') THEN
    CREATE ROLE onsale_owner LOGIN CREATEDB PASSWORD 'onsale';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'onsale_app') THEN
    CREATE ROLE onsale_app LOGIN PASSWORD 'onsale';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'onsale_reader') THEN
    CREATE ROLE onsale_reader LOGIN PASSWORD 'onsale';
  END IF;
END
$$;
