import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestIssuer } from '../../../libs/platform/testing/test-issuer.ts';
import { FaultProxy } from '../../fault-proxy/fault-proxy.ts';
import { pollUntil } from '../../process/wait.ts';
import { Cleanup } from '../../start-system/cleanup.ts';
import { StubRecommender } from '../../stub-recommender/stub-recommender.ts';
import { Api } from '../api/api.ts';
import { sumOf } from './sum.ts';
import type { Database } from './databases.ts';
import { type Given, openHouse } from './house.ts';
import { Log } from './log.ts';
import { Replica } from './replica.ts';
import type { ServiceName } from './services.ts';
import { Shop } from './shop.ts';

/** After a fault a breaker stays open for ten seconds and a fifth. */
const CALM_TIMEOUT_MS = 20_000;
/** The breakers of these close by what is asked to see it; those of the others by the next event, and the next page. */
const NEEDED = ['postgres', 'redis'];

export interface StageOptions {
  readonly checkout: string;
  /** The folder whose `dist` is tried. */
  readonly release: string;
  readonly env: NodeJS.ProcessEnv;
  readonly tell: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Two replicas as production runs them, all that they depend on, and the means to break each of it. */
export class Stage {
  readonly log = new Log();
  readonly options: StageOptions;
  private readonly cleanup = new Cleanup();
  private readonly extras: Replica[] = [];
  private readonly afterTrial: (() => Promise<void>)[] = [];
  private made: Given | undefined;
  private started = 0;
  private pair: readonly [Replica, Replica] | undefined;
  private described: Api | undefined;
  private keptShop: Shop | undefined;

  constructor(options: StageOptions) {
    this.options = options;
  }

  /** @throws Refusal where something of it can't be had */
  async open(): Promise<void> {
    this.made = await openHouse(this.options, this.log, this.cleanup);
    await this.startPair();
    this.described = await Api.of(this);
  }

  private get given(): Given {
    if (!this.made) throw new Error('The stage is not open.');
    return this.made;
  }

  /** Services that are not here, and why. */
  get absent(): Partial<Record<ServiceName, string>> {
    return this.given.absent;
  }

  get issuer(): TestIssuer {
    return this.given.issuer;
  }

  get recommender(): StubRecommender {
    return this.given.recommender;
  }

  get database(): Database {
    return this.given.database;
  }

  /** The server, as its superuser. */
  get serverUrl(): string {
    return this.given.serverUrl;
  }

  /** The ways to what the replicas depend on, by the name of that. */
  get ways(): { readonly postgres: FaultProxy } & Partial<Record<ServiceName, FaultProxy>> {
    return this.given.ways;
  }

  /** Around its proxy. @throws Error where there is none */
  urlOf(service: ServiceName): string {
    const url = this.given.urls[service];
    if (url === undefined) throw new Error(`There is no ${service}.`);
    return url;
  }

  get api(): Api {
    if (!this.described) throw new Error('The stage is not open.');
    return this.described;
  }

  get first(): Replica {
    return this.both[0];
  }

  get second(): Replica {
    return this.both[1];
  }

  get both(): readonly [Replica, Replica] {
    if (!this.pair) throw new Error('The stage is not open.');
    return this.pair;
  }

  get shop(): Shop {
    return (this.keptShop ??= new Shop((sub, scope) => this.bearer(sub, scope)));
  }

  /** The stream of the broker that the replicas use. */
  get streamName(): string {
    return this.given.own['NATS_STREAM'] ?? '';
  }

  /** The Authorization header of somebody. */
  bearer(sub: string, scope: string): string {
    return `Bearer ${this.issuer.token({ sub, scope })}`;
  }

  /** What a replica is started with; `undefined` takes a setting away. */
  envWith(own: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
    const { issuer, ways, recommender, own: names } = this.given;
    return {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      BIND_ADDRESS: '127.0.0.1',
      PORT: '0',
      MANAGEMENT_PORT: '0',
      DRAIN_DELAY_MS: '0', // nobody balances load here, but where a trial is about that
      DOCS_ENABLED: 'true', // what is tried is what the document says
      RATE_LIMIT_MAX: '0', // all requests come from one address
      REDIS_COMMAND_TIMEOUT_MS: '2000', // a busy machine is no outage, but where a trial is about that
      DATABASE_URL: ways.postgres.url,
      ...(ways.redis && { REDIS_URL: ways.redis.url }),
      ...(ways.nats && { NATS_URL: ways.nats.url }),
      RECOMMENDER_URL: recommender.url,
      ...issuer.env,
      ...names,
      ...own,
    };
  }

  /** One more replica, for a trial of its own: listening, and not more. It ends with the trial. */
  async extra(own: Readonly<Record<string, string | undefined>> = {}): Promise<Replica> {
    const replica = this.launch(own);
    return replica.listening();
  }

  /** At once: for starts that fail. */
  launch(own: Readonly<Record<string, string | undefined>> = {}): Replica {
    this.started += 1;
    const { release } = this.options;
    const replica = Replica.launch(`store-${this.started}`, { release, env: this.envWith(own), log: this.log });
    this.extras.push(replica);
    return replica;
  }

  /** Done when the trial has ended, however it did. */
  later(step: () => Promise<void>): void {
    this.afterTrial.push(step);
  }

  /** Ends what a trial has left, takes its faults back, and waits until both replicas are well. */
  async calm(): Promise<void> {
    for (let step = this.afterTrial.pop(); step; step = this.afterTrial.pop()) await step().catch(() => undefined);
    await Promise.all(this.extras.splice(0).map((replica) => replica.kill()));
    for (const way of Object.values(this.ways)) {
      way.heal();
      await way.up();
    }
    await this.recommender.answers(this.given.wellBehaved);
    if (await pollUntil(() => this.isCalm(), { timeoutMs: CALM_TIMEOUT_MS, signal: this.options.signal })) return;
    this.options.tell('the replicas did not recover: both are started anew');
    await Promise.all(this.both.map((replica) => replica.kill()));
    await this.startPair();
  }

  async close(): Promise<void> {
    for (const replica of [...this.extras, ...(this.pair ?? [])]) await replica.kill();
    await this.cleanup.run();
  }

  private async startPair(): Promise<void> {
    const own = await Promise.all([this.launch().ready(), this.launch().ready()]);
    this.pair = own;
    for (const replica of own) this.extras.splice(this.extras.indexOf(replica), 1);
  }

  private async isCalm(): Promise<true | null> {
    try {
      for (const replica of this.both) {
        const [ready, list, metrics] = [
          await replica.manage('/health/ready'),
          await replica.ask('/v1/products?limit=1'),
          await replica.metrics(),
        ];
        const broken = NEEDED.some((dependency) => sumOf(metrics, 'dependency_breaker_state', { dependency }) > 0);
        if (ready.status !== 200 || list.status !== 200 || broken) return null;
      }
      return true;
    } catch {
      return null;
    }
  }
}

/** The API's document as it was last agreed on. */
export async function agreedDocument(checkout: string): Promise<unknown> {
  return JSON.parse(await readFile(join(checkout, 'docs/openapi.json'), 'utf8'));
}
