import { expect } from '@jest/globals';
import type { EmptyDatabase } from '#platform/testing';
import { createSampleProduct, type SampleProduct } from '../../system/support/sample-product.js';
import { runEntry, storeDatabase } from '../../system/support/store-database.js';
import { StoreProcess } from '../../system/support/store-process.js';
import { storekeeper } from '../../system/support/tokens.js';
import { UNCACHED } from '../../system/support/uncached.js';
import type { ClientLog } from '../support/load/client-log.js';
import { OpenLoopLoad } from '../support/load/open-loop-load.js';
import { LivenessWatch } from '../support/probes/liveness-watch.js';
import type { PostgresServer } from '../support/processes/postgres-server.js';
import { FaultProxy } from '../../../tools/fault-proxy/fault-proxy.ts';
import { BOUNDED, LIVENESS_MAX_MS, RECOVERY_MS } from './bounds.js';

const LIST = '/v1/products?limit=5';
/** Far below what the store carries: a refusal comes from the fault, not from the load. */
const RATE_PER_SECOND = 50;
/** Longer than any test lasts. */
const LOAD_MAX_MS = 60_000;

export interface TimedAnswer {
  readonly status: number;
  readonly code: string | undefined;
  readonly retryAfter: string | null;
  readonly tookMs: number;
}

export interface SceneOptions {
  /** One's own server, to be stopped; else a database on that of the run. */
  readonly server?: PostgresServer;
  /** Over the bounds of `bounds.ts`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A store that serves, a product in it, a proxy between it and its database, and an eye on its liveness. */
export class Scene {
  private readonly loads: OpenLoopLoad[] = [];

  private constructor(
    readonly store: StoreProcess,
    readonly proxy: FaultProxy,
    /** Around the proxy, as the superuser. */
    readonly databaseUrl: string,
    readonly product: SampleProduct,
    private readonly liveness: LivenessWatch,
    private readonly strike: () => Promise<void>,
  ) {}

  static async set({ server, env = {} }: SceneOptions = {}): Promise<Scene> {
    const database = server ? await migrated(server) : await storeDatabase();
    const proxy = await FaultProxy.to(database.serviceUrl);
    const store = StoreProcess.launch({ databaseUrl: proxy.url, env: { ...BOUNDED, ...UNCACHED, ...env } });
    const strike = async (): Promise<void> => {
      await store.stop();
      await proxy.close();
      await database.drop();
    };
    try {
      await store.listening();
      await store.ready();
      const product = await createSampleProduct(store.url);
      const liveness = LivenessWatch.on(store.managementUrl);
      return new Scene(store, proxy, database.url, product, liveness, strike);
    } catch (error) {
      await strike(); // a scene that was never set is nobody else's to end
      throw error;
    }
  }

  /** Reads that nobody answers from a cache, at a constant rate until `stop`. */
  readLoad(): OpenLoopLoad {
    const load = OpenLoopLoad.start({
      url: this.store.url,
      request: { path: LIST },
      ratePerSecond: RATE_PER_SECOND,
      durationMs: LOAD_MAX_MS,
    });
    this.loads.push(load);
    return load;
  }

  read(): Promise<TimedAnswer> {
    return timed(fetch(this.store.url + LIST));
  }

  write(name: string): Promise<TimedAnswer> {
    const headers = { authorization: storekeeper(), 'content-type': 'application/json', 'if-match': '*' };
    return timed(fetch(this.product.url, { method: 'PATCH', headers, body: JSON.stringify({ name }) }));
  }

  /** Reads until one is answered well. */
  async recovered(): Promise<void> {
    const startedAtMs = performance.now();
    for (;;) {
      const answer = await this.read();
      if (answer.status === 200) return;
      if (performance.now() - startedAtMs > RECOVERY_MS) throw new Error(`No recovery: ${JSON.stringify(answer)}`);
    }
  }

  /** Ends it all. The store must have been alive at every moment, and must be so still. */
  async end(): Promise<void> {
    await Promise.all(this.loads.map((load) => load.stop()));
    const report = await this.liveness.stop();
    const { exitCode, signalCode } = this.store.child;
    await this.strike();
    expect({ ...report, exitCode, signalCode }).toMatchObject({ failures: [], exitCode: null, signalCode: null });
    expect(report.slowestMs).toBeLessThan(LIVENESS_MAX_MS);
  }
}

/** Answers were good or honest refusals that say when to come back, and all within the bound. */
export function expectHonest(log: ClientLog, maxMs: number): void {
  const { byResult, maxMs: slowestMs } = log.summary();
  expect(Object.keys(byResult).filter((result) => !['200', '503'].includes(result))).toEqual([]);
  expect(log.with('503').outcomes.filter(({ retryAfter }) => !/^[1-3]$/.test(retryAfter ?? ''))).toEqual([]);
  expect(slowestMs).toBeLessThan(maxMs);
}

const STATUS_BY_CODE = {
  'platform.database-conflict': 409,
  'platform.database-timeout': 503,
  'platform.database-unavailable': 503,
} as const;

/** A refusal for a reason of the database's, which says so, and says when to come back. */
export const refusal = (code: keyof typeof STATUS_BY_CODE): object => ({
  status: STATUS_BY_CODE[code],
  code,
  retryAfter: expect.stringMatching(/^[1-3]$/),
});

async function migrated(server: PostgresServer): Promise<EmptyDatabase> {
  await runEntry('migrate', server);
  const { url, serviceUrl, migratorUrl } = server;
  return { url, serviceUrl, migratorUrl, drop: () => Promise.resolve() }; // the server's end is its database's
}

async function timed(asking: Promise<Response>): Promise<TimedAnswer> {
  const startedAtMs = performance.now();
  const answer = await asking;
  const { code } = (await answer.json()) as { code?: string };
  const retryAfter = answer.headers.get('retry-after');
  return { status: answer.status, code, retryAfter, tookMs: performance.now() - startedAtMs };
}
