import { Injectable, Logger, type OnModuleInit, Optional } from '@nestjs/common';
import { RuntimeSettings } from '#platform/config';
import { PostgresConnection } from './postgres-connection.js';
import { Postgres } from './postgres.js';
import type { Statement } from './statement.js';

/** The owner of a schema has CREATE in it; so has whoever inherits the owner's rights. */
const MAY_CHANGE_SCHEMA: Statement = {
  name: 'platform.may-change-schema',
  text: `
    SELECT rolsuper
      OR has_database_privilege(current_database(), 'CREATE')
      OR EXISTS (SELECT FROM pg_namespace WHERE nspname !~ '^pg_' AND has_schema_privilege(oid, 'CREATE')) AS may
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
    @Optional() private readonly runtime?: RuntimeSettings,
  ) {}

  onModuleInit(): void {
    void this.connection.firstReached.then(() => this.areLeast()).catch(() => undefined);
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
    const { rows } = await this.postgres.query<{ may: boolean }>(MAY_CHANGE_SCHEMA);
    const least = rows[0]?.may === false;
    if (!least && this.runtime?.isProduction) {
      this.logger.warn('The role of DATABASE_URL may change the schema: use deploy/postgres/roles.sql.');
    }
    return least;
  }
}
