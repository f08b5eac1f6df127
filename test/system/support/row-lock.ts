import pg from 'pg';

const WAITED_FOR = `
  SELECT count(*)::int AS waiting FROM pg_locks
  WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`;

/**
 * Holds a product's row, so that each change of it waits: a slow request, without a route made for slowness. Written so that
 * Node runs it as it is: `npm run verify` makes requests slow, too.
 */
export class RowLock {
  private readonly client: pg.Client;

  private constructor(client: pg.Client) {
    this.client = client;
  }

  static on(databaseUrl: string, productId: string): Promise<RowLock> {
    return RowLock.by(databaseUrl, 'SELECT FROM catalog.products WHERE id = $1 FOR UPDATE', [productId]);
  }

  /** A whole table, so that whoever reads it waits too. */
  static onTable(databaseUrl: string, table: string): Promise<RowLock> {
    return RowLock.by(databaseUrl, `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  }

  private static async by(databaseUrl: string, sql: string, values: readonly string[] = []): Promise<RowLock> {
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', () => undefined); // the database may be dropped while a failed test still holds the lock
    await client.connect();
    await client.query('BEGIN');
    await client.query(sql, [...values]);
    return new RowLock(client);
  }

  /** Resolves when so many statements wait for this lock: the requests that sent them are in flight. */
  async waitedFor(count = 1, timeoutMs = 10_000): Promise<void> {
    const endsAtMs = performance.now() + timeoutMs;
    for (;;) {
      const { rows } = await this.client.query<{ waiting: number }>(WAITED_FOR);
      if ((rows[0]?.waiting ?? 0) >= count) return;
      if (performance.now() > endsAtMs) throw new Error(`Not ${count} but ${rows[0]?.waiting} statements wait.`);
    }
  }

  async release(): Promise<void> {
    await this.client.end();
  }
}

/** Settings of a store whose requests may wait for a lock as long as a test likes. */
export const PATIENT = {
  DATABASE_LOCK_TIMEOUT_MS: '20000',
  DATABASE_STATEMENT_TIMEOUT_MS: '21000',
  DATABASE_QUERY_TIMEOUT_MS: '22000',
} as const;
