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
--
-- A repetition takes back what the service was given meanwhile: memberships, ownership, rights beyond those four. What
-- whoever runs it isn't allowed to take back, the last block warns of.

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

-- The service acts for no other role. A membership hands over that role's rights, by SET ROLE also where nothing is
-- inherited, and the server's predefined roles read files and run programs.
DO $$
DECLARE
  membership record;
  -- From 16 on a role may be a member several times over, once for each who made it one.
  each_grantor CONSTANT boolean := current_setting('server_version_num')::integer >= 160000;
BEGIN
  FOR membership IN
    SELECT pg_get_userbyid(roleid) AS role_name, pg_get_userbyid(grantor) AS grantor_name
    FROM pg_auth_members WHERE member = 'mainstay_service'::regrole
  LOOP
    BEGIN
      EXECUTE format('REVOKE %I FROM mainstay_service ', membership.role_name)
        || CASE WHEN each_grantor THEN format('GRANTED BY %I ', membership.grantor_name) ELSE '' END
        || 'CASCADE';
    EXCEPTION WHEN insufficient_privilege THEN
      NULL; -- the last block tells
    END;
  END LOOP;
END
$$;

-- The service owns nothing: an owner drops, alters and gives away. What it owned is the migrator's from here on.
DO $$
DECLARE
  may_act_for_it CONSTANT boolean := pg_has_role(current_user, 'mainstay_service', 'USAGE');
  was_member CONSTANT boolean := pg_has_role(current_user, 'mainstay_service', 'MEMBER');
  each_grantor CONSTANT boolean := current_setting('server_version_num')::integer >= 160000;
  owned oid[];
  names text;
  database_name name;
  found record;
BEGIN
  SELECT array_agg(objid), string_agg(pg_describe_object(classid, objid, 0), ', ') INTO owned, names
  FROM pg_shdepend
  WHERE refclassid = 'pg_authid'::regclass AND refobjid = 'mainstay_service'::regrole AND deptype = 'o'
    AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND classid <> 'pg_default_acl'::regclass;
  IF owned IS NULL THEN
    RETURN;
  END IF;

  -- Not to the migrator, to whom owning a database would give more than creating schemas in it.
  FOR database_name IN SELECT datname FROM pg_database WHERE datdba = 'mainstay_service'::regrole LOOP
    EXECUTE format('ALTER DATABASE %I OWNER TO %I', database_name, current_user);
  END LOOP;
  -- Without superuser, only who acts for both roles may hand over from the one to the other.
  IF NOT may_act_for_it THEN
    EXECUTE format('GRANT mainstay_service TO %I', current_user);
  END IF;
  REASSIGN OWNED BY mainstay_service TO mainstay_migrator;
  IF NOT may_act_for_it AND (each_grantor OR NOT was_member) THEN
    EXECUTE format('REVOKE mainstay_service FROM %I', current_user);
  END IF;

  -- With the ownership went the rights of before. A view gets none to write, since it would write with its new owner's.
  FOR found IN SELECT oid::regnamespace AS name FROM pg_namespace WHERE oid = ANY (owned) LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %s TO mainstay_service', found.name);
  END LOOP;
  FOR found IN
    SELECT
      oid::regclass AS name,
      CASE
        WHEN relkind = 'S' THEN 'USAGE, SELECT ON SEQUENCE'
        WHEN relkind IN ('v', 'm') THEN 'SELECT ON TABLE'
        ELSE 'SELECT, INSERT, UPDATE, DELETE ON TABLE'
      END AS rights
    FROM pg_class WHERE oid = ANY (owned) AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  LOOP
    EXECUTE format('GRANT %s %s TO mainstay_service', found.rights, found.name);
  END LOOP;
  -- A SECURITY DEFINER function of the service's would now act for the owner of the schema.
  FOR found IN SELECT oid::regprocedure AS name FROM pg_proc WHERE oid = ANY (owned) LOOP
    EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC, mainstay_service', found.name);
  END LOOP;
  RAISE NOTICE 'taken back from mainstay_service, which owned: %', names;
EXCEPTION WHEN insufficient_privilege THEN
  NULL; -- the last block tells
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

-- Large objects belong to whoever makes them, and need no right to be made. Only a superuser may close that door; of
-- one that stays open, the last block warns.
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
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, mainstay_service', maker);
  END LOOP;
END
$$;

-- What the migrator makes from now on.
ALTER DEFAULT PRIVILEGES FOR ROLE mainstay_migrator REVOKE ALL ON SCHEMAS FROM mainstay_service;
ALTER DEFAULT PRIVILEGES FOR ROLE mainstay_migrator REVOKE ALL ON TABLES FROM mainstay_service;
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

-- In all that there is: no right beyond those four, none to create, and none to give away.
DO $$
DECLARE
  excess record;
BEGIN
  FOR excess IN
    SELECT oid::regnamespace AS name FROM pg_namespace
    WHERE nspname !~ '^pg_' AND has_schema_privilege('mainstay_service', oid, 'CREATE')
  LOOP
    BEGIN
      EXECUTE format('REVOKE CREATE ON SCHEMA %s FROM PUBLIC, mainstay_service CASCADE', excess.name);
    EXCEPTION WHEN insufficient_privilege THEN
      NULL; -- the last block tells
    END;
  END LOOP;

  -- The names of the rights are the table's own, because each version of Postgres has others: MAINTAIN is from 17 on.
  FOR excess IN
    SELECT
      pg_class.oid::regclass AS name,
      string_agg(DISTINCT privilege_type, ', ')
        FILTER (WHERE privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')) AS rights
    FROM pg_class
      JOIN pg_namespace ON pg_namespace.oid = relnamespace
      LEFT JOIN pg_attribute ON attrelid = pg_class.oid AND attacl IS NOT NULL
      CROSS JOIN LATERAL (
        SELECT * FROM aclexplode(relacl) UNION ALL SELECT * FROM aclexplode(attacl)
      ) AS granted
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND relkind IN ('r', 'p', 'v', 'm', 'f')
      AND grantee IN (0, 'mainstay_service'::regrole)
      AND (is_grantable OR privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))
    GROUP BY pg_class.oid
  LOOP
    BEGIN
      IF excess.rights IS NOT NULL THEN
        EXECUTE format('REVOKE %s ON TABLE %s FROM PUBLIC, mainstay_service CASCADE', excess.rights, excess.name);
      END IF;
      EXECUTE format('REVOKE GRANT OPTION FOR ALL ON TABLE %s FROM mainstay_service CASCADE', excess.name);
    EXCEPTION WHEN insufficient_privilege THEN
      NULL; -- the last block tells
    END;
  END LOOP;
END
$$;

-- What migrations alone write: which of them were applied, and the key that seals cursors. New ones are made so by the
-- migrations themselves; this is for those that were just handed over.
DO $$
DECLARE
  read_only text;
BEGIN
  FOREACH read_only IN ARRAY ARRAY['platform.migrations', 'platform.migration_steps', 'platform.sealing_keys'] LOOP
    IF to_regclass(read_only) IS NOT NULL THEN
      EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %s FROM PUBLIC, mainstay_service CASCADE', read_only);
    END IF;
  END LOOP;
END
$$;

-- What is left, for whoever may do more than this run might. libs/platform/postgres/role-rights.ts asks alike.
DO $$
DECLARE
  service CONSTANT oid := 'mainstay_service'::regrole;
  excess CONSTANT text := 'TRUNCATE, TRIGGER'
    || CASE WHEN current_setting('server_version_num')::integer >= 170000 THEN ', MAINTAIN' ELSE '' END;
  what text;
BEGIN
  FOR what IN
    SELECT format('is a member of %s', roleid::regrole) FROM pg_auth_members WHERE member = service
    UNION ALL
    SELECT format('owns %s', pg_describe_object(classid, objid, 0)) FROM pg_shdepend
    WHERE refclassid = 'pg_authid'::regclass AND refobjid = service AND deptype = 'o'
      AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
      AND classid <> 'pg_default_acl'::regclass
    UNION ALL
    SELECT format('may create in schema %s', oid::regnamespace) FROM pg_namespace
    WHERE nspname !~ '^pg_' AND has_schema_privilege(service, oid, 'CREATE')
    UNION ALL
    SELECT format('may do more to table %s than read and write rows', pg_class.oid::regclass)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND relkind IN ('r', 'p', 'v', 'm', 'f')
      AND (
        has_table_privilege(service, pg_class.oid, excess)
        OR has_any_column_privilege(service, pg_class.oid, 'REFERENCES')
      )
    UNION ALL
    SELECT format(
      'may create large objects (REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, mainstay_service)',
      string_agg(pg_proc.oid::regprocedure::text, ', ')
    )
    FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea')
      AND has_function_privilege(service, oid, 'EXECUTE')
    HAVING count(*) > 0
    LIMIT 100
  LOOP
    RAISE WARNING 'mainstay_service still %', what USING HINT = 'Only a superuser, or who gave it, may take that back.';
  END LOOP;
END
$$;

COMMIT;
