-- The roles of the service's database: one owns the schema, the other reads and writes its rows.
--
--   mainstay_migrator   owns schemas and tables; applies migrations (DATABASE_MIGRATOR_URL)
--   mainstay_service    SELECT, INSERT, UPDATE, DELETE in them, and nothing else (DATABASE_URL)
--
-- Run it as a superuser, or as the owner of the database with CREATEROLE, while connected to that database. It is the
-- service's alone: whoever else is to connect (a backup, a monitor) needs a GRANT CONNECT of their own afterwards.
-- It sets no passwords; whoever runs it does: ALTER ROLE … PASSWORD. How many connections each may have is theirs, too.
--
-- Plain SQL, so that psql, a driver and the Postgres image run it alike; all of it or nothing; and harmless to repeat,
-- also by two at once. Migrations name no role: what they create is granted by the default privileges below, and
-- where one role does everything they run as well.

BEGIN;

-- One run at a time in this database. Roles are the cluster's, so two databases may still meet there: see CREATE ROLE.
DO $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('mainstay.roles', 0));
END
$$;

DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['mainstay_migrator', 'mainstay_service'] LOOP
    IF to_regrole(role_name) IS NULL THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I LOGIN', role_name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- a run in another database was faster
      END;
    END IF;
    -- Only where something is amiss: two databases that alter one role at once would fail each other.
    IF EXISTS (
      SELECT FROM pg_roles
      WHERE rolname = role_name
        AND (NOT rolcanlogin OR rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)
    ) THEN
      EXECUTE format(
        'ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS', role_name
      );
    END IF;
  END LOOP;

  -- Every statement names its schema. A name that doesn't is looked for among the system's own, never in a schema
  -- where somebody could have put another thing of that name.
  IF NOT EXISTS (
    SELECT FROM pg_db_role_setting
    WHERE setrole = 'mainstay_service'::regrole AND setdatabase = 0 AND 'search_path=pg_catalog' = ANY (setconfig)
  ) THEN
    ALTER ROLE mainstay_service SET search_path = pg_catalog;
  END IF;

  -- Without superuser, only a member may hand things over to the migrator and set its defaults.
  IF NOT pg_has_role(current_user, 'mainstay_migrator', 'USAGE') THEN
    EXECUTE format('GRANT mainstay_migrator TO %I', current_user);
  END IF;
END
$$;

-- Strangers: not even a connection.
DO $$
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC, mainstay_service', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO mainstay_migrator, mainstay_service', current_database());
  EXECUTE format('GRANT CREATE ON DATABASE %I TO mainstay_migrator', current_database());
  IF to_regnamespace('public') IS NOT NULL THEN
    REVOKE ALL ON SCHEMA public FROM PUBLIC, mainstay_service;
  END IF;
END
$$;

-- Large objects belong to whoever makes them, and need no right to be made. Only a superuser may close that door.
DO $$
DECLARE
  maker regprocedure;
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    RETURN;
  END IF;
  FOR maker IN
    SELECT oid FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', maker);
  END LOOP;
END
$$;

-- What the migrator makes from now on.
ALTER DEFAULT PRIVILEGES FOR ROLE mainstay_migrator GRANT USAGE ON SCHEMAS TO mainstay_service;
ALTER DEFAULT PRIVILEGES FOR ROLE mainstay_migrator GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO mainstay_service;
ALTER DEFAULT PRIVILEGES FOR ROLE mainstay_migrator GRANT USAGE, SELECT ON SEQUENCES TO mainstay_service;
-- Else anybody could call a SECURITY DEFINER function of the owner's.
ALTER DEFAULT PRIVILEGES FOR ROLE mainstay_migrator REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- What an earlier version made as the role that runs this, when one role did everything: handed over, once.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT nspname FROM pg_namespace
    WHERE nspowner = current_user::regrole AND nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
      AND NOT EXISTS (
        SELECT FROM pg_depend WHERE classid = 'pg_namespace'::regclass AND objid = pg_namespace.oid AND deptype = 'e'
      )
  LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO mainstay_service', found.nspname);
    EXECUTE format('ALTER SCHEMA %I OWNER TO mainstay_migrator', found.nspname);
  END LOOP;

  FOR found IN
    SELECT
      pg_class.oid::regclass AS name,
      relkind = 'S' AS is_sequence,
      -- The sequence of a serial or identity column goes with its table, and can't go alone.
      EXISTS (
        SELECT FROM pg_depend
        WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND refobjsubid > 0 AND deptype IN ('a', 'i')
          AND relkind = 'S'
      ) AS follows_its_table
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE relowner = current_user::regrole AND nspowner = 'mainstay_migrator'::regrole
      AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
      AND NOT EXISTS (
        SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e'
      )
  LOOP
    IF found.is_sequence THEN
      EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO mainstay_service', found.name);
    ELSE
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO mainstay_service', found.name);
    END IF;
    IF NOT found.follows_its_table THEN
      EXECUTE format('ALTER TABLE %s OWNER TO mainstay_migrator', found.name);
    END IF;
  END LOOP;
END
$$;

-- What migrations alone write: which of them were applied, and the key that seals cursors. New ones are made so by the
-- migrations themselves; this is for those that were just handed over.
DO $$
DECLARE
  read_only text;
BEGIN
  FOREACH read_only IN ARRAY ARRAY['platform.migrations', 'platform.sealing_keys'] LOOP
    IF to_regclass(read_only) IS NOT NULL THEN
      EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %s FROM mainstay_service', read_only);
    END IF;
  END LOOP;
END
$$;

COMMIT;
