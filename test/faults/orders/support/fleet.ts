import type { EmptyDatabase } from '#platform/testing';
import { readMetrics, sampleOf } from '../../../system/support/metrics.js';
import { StoreClient, type NewProduct, type ProductBody } from '../../../system/support/store-client.js';
import { storeDatabase } from '../../../system/support/store-database.js';
import { StoreProcess, type StoreOptions } from '../../../system/support/store-process.js';
import { UNCACHED } from '../../../system/support/uncached.js';
import { UNSHED } from '../../../system/support/unshed.js';
import { Ledger } from './ledger.js';

/** Far above what any test here waits for. */
const WAIT_MAX_MS = 20_000;

/**
 * Settings of stores that work off a crowd instead of refusing it: what is counted is what they decide, and not what
 * they shed. Every wait ends before the client's patience does.
 */
export const CROWDED = {
  DATABASE_POOL_MAX: '8',
  DATABASE_ACQUIRE_TIMEOUT_MS: '20000',
  DATABASE_LOCK_TIMEOUT_MS: '20000',
  DATABASE_STATEMENT_TIMEOUT_MS: '21000',
  DATABASE_QUERY_TIMEOUT_MS: '22000',
  REQUEST_TIMEOUT_MS: '25000',
  SHED_IN_FLIGHT_MAX: '1000',
  ...UNSHED,
} as const;

export interface FleetOptions extends Pick<StoreOptions, 'env'> {
  readonly size: number;
  /** Where a store looks for the database, when not at the server itself. */
  readonly reachedAt?: (databaseUrl: string) => Promise<string>;
}

/** Several processes of the store on one database, and a look behind their backs. They share no Redis, unless `env` names one. */
export class Fleet {
  private readonly all: StoreProcess[] = [];
  private readonly onceReady = new Set<StoreProcess>();

  private constructor(
    private readonly database: EmptyDatabase,
    private readonly options: FleetOptions,
    readonly ledger: Ledger,
  ) {}

  static async of(options: FleetOptions): Promise<Fleet> {
    const database = await storeDatabase();
    const fleet = new Fleet(database, options, await Ledger.of(database.url));
    try {
      await Promise.all(Array.from({ length: options.size }, () => fleet.join()));
      return fleet;
    } catch (error) {
      await fleet.end();
      throw error;
    }
  }

  /** As the superuser. */
  get adminUrl(): string {
    return this.database.url;
  }

  /** Those that have ended as well, in the order of their starts. */
  get everStarted(): readonly StoreProcess[] {
    return this.all;
  }

  get alive(): readonly StoreProcess[] {
    return this.all.filter(({ child }) => child.exitCode === null && child.signalCode === null);
  }

  /** Those to which a client may turn; one of them may be dying. */
  get ready(): readonly StoreProcess[] {
    return this.alive.filter((store) => this.onceReady.has(store));
  }

  /** One more store, that is ready. */
  async join({ env = {}, preload = [] }: Pick<StoreOptions, 'env' | 'preload'> = {}): Promise<StoreProcess> {
    const { serviceUrl } = this.database;
    const databaseUrl = (await this.options.reachedAt?.(serviceUrl)) ?? serviceUrl;
    const store = StoreProcess.launch({ databaseUrl, env: { ...UNCACHED, ...this.options.env, ...env }, preload });
    this.all.push(store);
    await store.listening();
    await store.ready();
    this.onceReady.add(store);
    return store;
  }

  /** A store by turns, whatever the number. */
  store(turn: number): StoreProcess {
    const { ready } = this;
    const store = ready[turn % ready.length];
    if (!store) throw new Error('No store is ready.');
    return store;
  }

  /** A product that is on sale. */
  async onSale(product: Partial<NewProduct> = {}): Promise<ProductBody> {
    const keeper = new StoreClient(this.store(0).url);
    const { id } = await keeper.created(product);
    const { status, body } = await keeper.turn(id, 'activate');
    if (status !== 200) throw new Error(`Not on sale: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  /** Resolves when the stores together work on so many requests. */
  async inFlight(count: number): Promise<void> {
    const endsAtMs = performance.now() + WAIT_MAX_MS;
    for (;;) {
      const each = await Promise.all(this.alive.map(({ managementUrl }) => readMetrics(managementUrl)));
      const sum = each.reduce((all, metrics) => all + sampleOf(metrics, 'http_server_requests_in_flight'), 0);
      if (sum === count) return;
      if (performance.now() > endsAtMs) throw new Error(`Not ${count} but ${sum} requests are in flight.`);
    }
  }

  /** Ends all of it and deletes the database. */
  async end(): Promise<void> {
    await Promise.all(this.all.map((store) => store.stop()));
    await this.ledger.close();
    await this.database.drop();
  }
}
