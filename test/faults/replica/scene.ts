import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { withConnection } from '#platform/testing';
import { pollUntil } from '../../../tools/process/wait.ts';
import { Api } from '../../system/support/api.js';
import { readMetrics, sumOf } from '../../system/support/metrics.js';
import { runEntry } from '../../system/support/store-database.js';
import { aNewProduct, type ProductBody, type ProductPage } from '../../system/support/store-client.js';
import { StoreProcess } from '../../system/support/store-process.js';
import { OpenLoopLoad } from '../support/load/open-loop-load.js';
import { PostgresServer } from '../support/processes/postgres-server.js';

export const READ_TIMEOUT_MS = 400;
export const CHECK_INTERVAL_MS = 200;
/** Far longer than what a test does while a replica is behind and still fresh enough. */
export const LAG_MAX_MS = 4_000;
/** For what takes a look or two of the watch, a start of a server, or the end of what is too old. */
export const SETTLE_MS = 15_000;

const LIST = '/v1/products?sort=-createdAt&limit=5';
const RATE_PER_SECOND = 50;
const LOAD_MAX_MS = 60_000;

/** Behind the store's proxy: an address for each. */
export const WRITER = '203.0.113.1';
export const OTHER = '203.0.113.2';

type Environment = Readonly<Record<string, string>>;
export type Reason = 'fresh' | 'out' | 'lagging' | 'own-write' | 'failed';

/** A primary, its streaming replica, and a store that knows both. */
export class ReplicaScene {
  private constructor(
    readonly primary: PostgresServer,
    readonly replica: PostgresServer,
    readonly store: StoreProcess,
    private readonly env: Environment,
  ) {}

  /** @param env of the stores, beside what the scene is about */
  static async set(env: Environment = {}): Promise<ReplicaScene> {
    const primary = await PostgresServer.start();
    let replica: PostgresServer | undefined;
    try {
      await runEntry('migrate', primary);
      replica = await primary.replica();
      return new ReplicaScene(primary, replica, await ReplicaScene.startStore(primary, replica, env), env);
    } catch (error) {
      await replica?.stop();
      await primary.stop(); // a scene that was never set is nobody else's to end
      throw error;
    }
  }

  private static async startStore(
    primary: PostgresServer,
    replica: PostgresServer,
    env: Environment,
  ): Promise<StoreProcess> {
    const store = StoreProcess.launch({
      databaseUrl: primary.serviceUrl,
      env: {
        DATABASE_READ_URL: replica.serviceUrl,
        DATABASE_READ_TIMEOUT_MS: String(READ_TIMEOUT_MS),
        DATABASE_READ_CHECK_INTERVAL_MS: String(CHECK_INTERVAL_MS),
        DATABASE_READ_LAG_MAX_MS: String(LAG_MAX_MS),
        TRUST_PROXY: '127.0.0.1',
        ...env,
      },
    });
    await store.listening();
    return store.ready();
  }

  /** Another store beside the first, which has seen nothing yet. */
  anotherStore(): Promise<StoreProcess> {
    return ReplicaScene.startStore(this.primary, this.replica, this.env);
  }

  async create(from: string): Promise<ProductBody> {
    const { status, body } = await new Api(this.store.url).post<ProductBody>('/v1/products', aNewProduct(), {
      'x-forwarded-for': from,
    });
    expect(status).toBe(201);
    return body;
  }

  async activate({ id }: ProductBody, from: string): Promise<void> {
    const headers = { 'x-forwarded-for': from, 'if-match': '*' };
    const { status } = await new Api(this.store.url).post(`/v1/products/${id}/activate`, undefined, headers);
    expect(status).toBe(200);
  }

  /** Whether the list that somebody there sees has the product. */
  async sees({ id }: ProductBody, from: string, at = this.store): Promise<boolean> {
    const { status, body } = await new Api(at.url).get<ProductPage>(LIST, { 'x-forwarded-for': from });
    expect(status).toBe(200);
    return body.items.some((item) => item.id === id);
  }

  /** How many tolerant reads went where they went for this reason. */
  async reads(reason: Reason, at = this.store): Promise<number> {
    return sumOf(await readMetrics(at.managementUrl), 'database_tolerant_reads_total', { reason });
  }

  /** Reads as somebody else until one goes where this reason sends it. */
  async until(reason: Reason, at = this.store): Promise<void> {
    const before = await this.reads(reason, at);
    const gone = async (): Promise<true | null> => {
      await this.read(OTHER, at);
      return (await this.reads(reason, at)) > before ? true : null;
    };
    if (!(await pollUntil(gone, { timeoutMs: SETTLE_MS }))) throw new Error(`No read went as ${reason}.`);
  }

  async read(from = OTHER, at = this.store): Promise<number> {
    return (await new Api(at.url).get(LIST, { 'x-forwarded-for': from })).status;
  }

  /** Reads of somebody who has written nothing, at a constant rate until `stop`. */
  readLoad(): OpenLoopLoad {
    const request = { path: LIST, headers: { 'x-forwarded-for': OTHER } };
    const options = { url: this.store.url, request, ratePerSecond: RATE_PER_SECOND, durationMs: LOAD_MAX_MS };
    return OpenLoopLoad.start(options);
  }

  /** What the replica has at this moment is what it shows from now on. */
  async pauseReplay(): Promise<void> {
    await this.onReplica('SELECT pg_wal_replay_pause()');
    while ((await this.onReplica('SELECT pg_get_wal_replay_pause_state() AS state'))['state'] !== 'paused')
      await delay(5);
  }

  async resumeReplay(): Promise<void> {
    await this.onReplica('SELECT pg_wal_replay_resume()');
  }

  async onReplica(sql: string): Promise<Record<string, unknown>> {
    return withConnection(
      this.replica.url,
      async (client) => (await client.query<Record<string, unknown>>(sql)).rows[0] ?? {},
    );
  }

  async health(): Promise<Record<string, unknown>> {
    const answer = await fetch(`${this.store.managementUrl}/health`);
    const { details } = (await answer.json()) as { details: Record<string, Record<string, unknown>> };
    return details['database-replica'] ?? {};
  }

  async end(): Promise<void> {
    await this.store.stop();
    await this.replica.stop();
    await this.primary.stop();
  }
}
