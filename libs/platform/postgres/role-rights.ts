import { Injectable, Logger, type OnModuleInit, Optional } from '@nestjs/common';
import { RuntimeSettings } from '#platform/config';
import { PostgresConnection } from './postgres-connection.js';
import { Postgres } from './postgres.js';
import { SchemaState } from './schema/schema-state.js';
import type { Statement } from './statement.js';

/**
 * What the role may do beyond reading and writing rows, each kind in words; the last block of deploy/postgres/roles.sql
 * asks alike. A membership counts also where nothing is inherited, because SET ROLE gets it. An owner needs no right to
 * drop and to alter; `pg_shdepend` lists, by an index, whatever a role owns here and in the whole server, except that
 * default privileges of its own making are no possession. `has_table_privilege` counts what everybody was given.
 */
const LIST_EXCESS: Statement = {
  name: 'platform.list-excess-rights',
  text: `
    SELECT array_remove(ARRAY[
      CASE WHEN rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls
        THEN 'has attributes of an administrator' END,
      CASE WHEN EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)
        THEN 'is a member of another role' END,
      CASE WHEN EXISTS (
        SELECT FROM pg_shdepend
        WHERE refclassid = 'pg_authid'::regclass AND refobjid = pg_roles.oid AND deptype = 'o'
          AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
          AND classid <> 'pg_default_acl'::regclass
      ) THEN 'owns objects' END,
      CASE WHEN has_database_privilege(current_database(), 'CREATE')
          OR EXISTS (SELECT FROM pg_namespace WHERE nspname !~ '^pg_' AND has_schema_privilege(oid, 'CREATE'))
        THEN 'may create objects' END,
      CASE WHEN EXISTS (
        SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
          AND (
            has_table_privilege(pg_class.oid, CASE
              WHEN current_setting('server_version_num')::integer >= 170000 THEN 'TRUNCATE, TRIGGER, MAINTAIN'
              ELSE 'TRUNCATE, TRIGGER' END)
            OR has_any_column_privilege(pg_class.oid, 'REFERENCES')
          )
      ) THEN 'has rights on tables beyond SELECT, INSERT, UPDATE and DELETE' END
    ], NULL) AS excess
    FROM pg_roles WHERE rolname = current_user`,
};

/**
 * Whether the role that the service connects as reads and writes rows and no more. A role that may do too much works as
 * well, and may be all that a server offers: so it is told, and never refused.
 */
@Injectable()
export class RoleRights implements OnModuleInit {
  private readonly logger = new Logger(RoleRights.name);
  private asked: Promise<boolean> | undefined;

  constructor(
    private readonly connection: PostgresConnection,
    private readonly postgres: Postgres,
    private readonly schema: SchemaState,
    @Optional() private readonly runtime?: RuntimeSettings,
  ) {}

  /** Behind what a start waits for: this takes a while, and the pool has one connection by then. */
  onModuleInit(): void {
    void this.connection.firstReached
      .then(() => this.schema.check())
      .catch(() => undefined)
      .then(() => this.areLeast())
      .catch(() => undefined);
  }

  /**
   * Asked once: rights that change later show with the next start.
   * @throws DatabaseUnavailable, DatabaseTimeout while it can't be known
   */
  areLeast(): Promise<boolean> {
    this.asked ??= this.ask().catch((error: unknown) => {
      this.asked = undefined;
      throw error;
    });
    return this.asked;
  }

  private async ask(): Promise<boolean> {
    const { rows } = await this.postgres.query<{ excess: string[] }>(LIST_EXCESS);
    const excess = rows[0]?.excess ?? ['is unknown to the server'];
    if (excess.length > 0 && this.runtime?.isProduction) {
      this.logger.warn(
        `The role of DATABASE_URL may do more than read and write rows: it ${excess.join(', ')}. ` +
          'Use deploy/postgres/roles.sql, also again.',
      );
    }
    return excess.length === 0;
  }
}
