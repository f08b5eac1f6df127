import pg from 'pg';
import { withConnection } from '#platform/testing';

/** The store's sessions that work or hold something; ages on the server's own clock. */
const BUSY = `
  SELECT pid, state, wait_event_type AS "waitsFor", left(query, 80) AS query,
    extract(epoch FROM clock_timestamp() - query_start)::float8 * 1000 AS "queryAgeMs"
  FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = $1 AND state <> 'idle'`;

/** A sample each so often finds how old a statement got, to within so much. */
const SAMPLE_INTERVAL_MS = 20;
const STORE = 'mainstay';

export interface Backend {
  readonly pid: number;
  readonly state: string;
  /** `Lock`, `Timeout`, … or null while it computes. */
  readonly waitsFor: string | null;
  readonly query: string;
  readonly queryAgeMs: number;
}

/** The backends of a database that do something for the store (or for another application) now. */
export function busyBackends(databaseUrl: string, application = STORE): Promise<Backend[]> {
  return withConnection(databaseUrl, (client) => busyOver(client, application));
}

/** Ends every connection that the store has to this database, working or not, as a failover does. Returns how many. */
export function terminateBackends(databaseUrl: string, application = STORE): Promise<number> {
  return withConnection(databaseUrl, async (client) => {
    const { rowCount } = await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = $1`,
      [application],
    );
    return rowCount ?? 0;
  });
}

/** Cancels what the store's backends are working on, as an operator does. Returns how many were told. */
export function cancelStatements(databaseUrl: string, application = STORE): Promise<number> {
  return withConnection(databaseUrl, async (client) => {
    const { rowCount } = await client.query(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = $1 AND state = 'active'`,
      [application],
    );
    return rowCount ?? 0;
  });
}

/** Watches a database's busy backends from a connection of its own. */
export class BackendWatch {
  /** Of all statements seen so far. */
  oldestMs = 0;
  private stopping = false;
  private readonly watching: Promise<void>;

  private constructor(
    private readonly client: pg.Client,
    private readonly application: string,
  ) {
    this.watching = this.watch();
  }

  static async on(databaseUrl: string, application = STORE): Promise<BackendWatch> {
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', () => undefined); // the server may be made to end while it is watched
    await client.connect();
    return new BackendWatch(client, application);
  }

  /**
   * Resolves when so many backends wait for locks, whoever holds these: requests that are held for certain, where one
   * that is merely busy may be done a moment later.
   * @throws Error that names who is busy when there are fewer after so long
   */
  async blocked(count: number, withinMs = 10_000): Promise<void> {
    const endsAtMs = performance.now() + withinMs;
    for (;;) {
      const busy = await this.sample();
      if (busy.filter(({ waitsFor }) => waitsFor === 'Lock').length >= count) return;
      if (performance.now() > endsAtMs)
        throw new Error(`Not ${count} wait for locks. Busy are: ${JSON.stringify(busy)}`);
    }
  }

  /**
   * Resolves with the time that it took until no backend was busy.
   * @throws Error that names them when some are after so long
   */
  async quiet(withinMs: number): Promise<number> {
    const startedAtMs = performance.now();
    for (;;) {
      const busy = await this.sample();
      const tookMs = performance.now() - startedAtMs;
      if (busy.length === 0) return tookMs;
      if (tookMs > withinMs) throw new Error(`Busy after ${Math.round(tookMs)} ms: ${JSON.stringify(busy)}`);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.watching;
    await this.client.end();
  }

  private async watch(): Promise<void> {
    while (!this.stopping) {
      await this.sample().catch(() => (this.stopping = true));
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_INTERVAL_MS));
    }
  }

  private async sample(): Promise<Backend[]> {
    const busy = await busyOver(this.client, this.application);
    for (const { queryAgeMs } of busy) this.oldestMs = Math.max(this.oldestMs, queryAgeMs);
    return busy;
  }
}

async function busyOver(client: pg.Client, application: string): Promise<Backend[]> {
  return (await client.query<Backend>(BUSY, [application])).rows;
}
