-- The passwords of the roles that deploy/postgres/roles.sql makes, from the secrets of docker-compose.yml. The server
-- reads them itself, so that they stand in no command line and in no environment.
DO $$
DECLARE
  role_name text;
  password text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['mainstay_migrator', 'mainstay_service'] LOOP
    password := rtrim(pg_read_file('/run/secrets/' || role_name || '_password'), E'\r\n');
    IF password = '' THEN
      RAISE EXCEPTION 'the secret %_password is empty: deploy/compose/create-secrets.sh draws it', role_name;
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L', role_name, password);
  END LOOP;
END
$$;
