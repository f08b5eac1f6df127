import { type EmptyDatabase, RedisServer, type RoleUrls, steadyPort } from '#platform/testing';
import type { Furnishing } from '../running-service.js';
import { storeDatabase } from '../store-database.js';
import { StoreProcess, type Exit, type LogLine, type StoreOptions } from '../store-process.js';
import { UNSHED } from '../unshed.js';
import type { LoadBalancer, LoadBalancerKind, Slot } from './load-balancer.js';

const SIZE = 3;

/**
 * The balancer's address is that of this machine. And a machine that is busy with other tests is no overload, nor is its
 * Postgres out of reach because a connection takes longer than usual.
 */
const BEHIND_BALANCER = {
  TRUST_PROXY: '127.0.0.1',
  ...UNSHED,
  DATABASE_ACQUIRE_TIMEOUT_MS: '4000',
} as const;

type ReplicaOptions = Pick<StoreOptions, 'env' | 'root'> & Furnishing & { readonly database?: EmptyDatabase };

/** Three processes of the store on one database and one Redis, behind a load balancer that knows their places. */
export class Replicas {
  private readonly processes = new Map<Slot, StoreProcess>();
  private readonly ended: StoreProcess[] = [];
  private runningBalancer: LoadBalancer | undefined;

  private constructor(
    readonly slots: readonly Slot[],
    private readonly database: EmptyDatabase,
    readonly redis: RedisServer,
    private readonly options: StoreOptions,
  ) {}

  /**
   * All ready, and the balancer sends requests to each.
   * @param database what they serve from: one of their own by default. It goes with them.
   */
  static async behind(
    kind: LoadBalancerKind,
    { seeded = false, database, ...options }: ReplicaOptions = {},
  ): Promise<Replicas> {
    const slots: Slot[] = [];
    for (let number = 1; number <= SIZE; number += 1) {
      slots.push({ number, port: await steadyPort(), managementPort: await steadyPort() });
    }
    const replicas = new Replicas(
      slots,
      database ?? (await storeDatabase({ seeded })),
      await RedisServer.start(),
      options,
    );
    try {
      await Promise.all(slots.map((slot) => replicas.start(slot)));
      replicas.runningBalancer = await kind.start(slots);
      await Promise.all(slots.map((slot) => replicas.balancer.sendsTo(slot)));
      return replicas;
    } catch (error) {
      await replicas.close();
      throw error;
    }
  }

  get balancer(): LoadBalancer {
    if (!this.runningBalancer) throw new Error('No balancer runs.');
    return this.runningBalancer;
  }

  /** Where clients ask. */
  get url(): string {
    return this.balancer.url;
  }

  /** As the service's role. */
  get databaseUrl(): string {
    return this.database.serviceUrl;
  }

  /** As a superuser, for what a test does behind the replicas' backs. */
  get adminUrl(): string {
    return this.database.url;
  }

  /** For the entries of a release. */
  get roles(): RoleUrls {
    return this.database;
  }

  /** The processes that run, in the order of their places. */
  get running(): readonly StoreProcess[] {
    return this.slots.flatMap((slot) => this.processes.get(slot) ?? []);
  }

  /** Those that have ended as well. */
  get everStarted(): readonly StoreProcess[] {
    return [...this.ended, ...this.running];
  }

  at(slot: Slot): StoreProcess {
    const process = this.processes.get(slot);
    if (!process) throw new Error(`Nobody is at ${slot.number}.`);
    return process;
  }

  /** Who answered, by the replicas' own access logs: the numbers of their places. */
  async servedBy(answers: readonly { readonly headers: Headers }[]): Promise<ReadonlySet<number>> {
    const ids = answers.map(({ headers }) => headers.get('x-request-id') ?? '');
    return new Set(await Promise.all(ids.map(async (id) => (await this.found(id)).slot.number)));
  }

  /** The line of the access log of whichever replica answered this request. */
  async logged(id: string): Promise<LogLine> {
    return (await this.found(id)).line;
  }

  private found(id: string): Promise<{ readonly slot: Slot; readonly line: LogLine }> {
    const isIt = ({ msg, requestId }: LogLine): boolean => msg === 'request' && requestId === id;
    return Promise.any(this.slots.map(async (slot) => ({ slot, line: await this.at(slot).logged(isIt) })));
  }

  /** A process at a place that is empty, of the first's release or of another; resolves when it is ready. */
  async start(slot: Slot, release: Pick<StoreOptions, 'root'> = {}): Promise<StoreProcess> {
    const process = StoreProcess.launch({
      ...this.options,
      ...release,
      databaseUrl: this.databaseUrl,
      env: {
        ...BEHIND_BALANCER,
        REDIS_URL: this.redis.url,
        ...this.options.env,
        PORT: String(slot.port),
        MANAGEMENT_PORT: String(slot.managementPort),
      },
    });
    this.processes.set(slot, process);
    await process.listening();
    return process.ready();
  }

  /** Asks it to end, as a deployment does, and waits until it has. */
  terminate(slot: Slot): Promise<Exit> {
    return this.end(slot, 'SIGTERM');
  }

  /** Ends it at once: no goodbye. */
  kill(slot: Slot): Promise<Exit> {
    return this.end(slot, 'SIGKILL');
  }

  /** Ends all of it and deletes the database. */
  async close(): Promise<void> {
    await this.runningBalancer?.stop();
    await Promise.all(this.running.map((process) => process.stop()));
    await this.redis.stop();
    await this.database.drop();
  }

  private async end(slot: Slot, signal: NodeJS.Signals): Promise<Exit> {
    const process = this.at(slot);
    process.signal(signal);
    const exit = await process.exited;
    this.processes.delete(slot);
    this.ended.push(process);
    return exit;
  }
}
