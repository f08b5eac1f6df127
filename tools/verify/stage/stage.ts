import { setTimeout as pause } from 'node:timers/promises';
import type { TestIssuer } from '../../../libs/platform/testing/test-issuer.ts';
import type { FaultProxy } from '../../fault-proxy/fault-proxy.ts';
import { Cleanup } from '../../start-system/cleanup.ts';
import type { StubRecommender } from '../../stub-recommender/stub-recommender.ts';
import { Api } from '../api/api.ts';
import { Crew } from './crew.ts';
import type { Database } from './databases.ts';
import { environmentOf } from './environment.ts';
import { type Given, openHouse } from './house.ts';
import { Log } from './log.ts';
import { Leftovers } from './leftovers.ts';
import type { Replica } from './replica.ts';
import type { ServiceName } from './services.ts';
import { Shop } from './shop.ts';

/** Above the bound of each single step: of a request 15 s, of a statement 30 s. */
const EVICTION_TIMEOUT_MS = 35_000;

type Settings = Readonly<Record<string, string | undefined>>;

export interface StageOptions {
  readonly checkout: string;
  /** The folder whose `dist` is tried. */
  readonly release: string;
  readonly env: NodeJS.ProcessEnv;
  readonly tell: (text: string) => void;
  readonly signal: AbortSignal;
  /** Gives a database of the server that is migrated and seeded; absent: one is made so by the release's own entries. */
  readonly database?: () => Promise<Database>;
}

/** Two replicas as production runs them, all that they depend on, and the means to break each of it. */
export class Stage {
  readonly log: Log;
  readonly options: StageOptions;
  /** As customers and keepers of the worked example. */
  readonly shop: Shop;
  readonly crew: Crew;
  /** The API, by the document that it serves. */
  readonly api: Api;
  private readonly given: Given;
  private readonly cleanup: Cleanup;
  private readonly leftovers = new Leftovers();
  private evicted = false;
  /** Whether a trial goes on that can't be ended: what is tried beside it shows nothing. */
  haunted = false;

  private constructor(options: StageOptions, made: { given: Given; crew: Crew; log: Log; cleanup: Cleanup; api: Api }) {
    this.options = options;
    this.given = made.given;
    this.crew = made.crew;
    this.log = made.log;
    this.cleanup = made.cleanup;
    this.api = made.api;
    this.shop = new Shop((sub, scope) => this.bearer(sub, scope));
  }

  /** @throws Refusal where something of it can't be had; what was started by then has ended */
  static async open(options: StageOptions): Promise<Stage> {
    const [log, cleanup] = [new Log(), new Cleanup()];
    try {
      const given = await openHouse(options, log, cleanup);
      const crew = cleanup.keep(new Crew(options.release, log), (made) => made.close());
      await crew.startPair(environmentOf(given, {}));
      const bearer = (sub: string, scope: string): string => `Bearer ${given.issuer.token({ sub, scope })}`;
      const api = await Api.of(crew, bearer);
      return new Stage(options, { given, crew, log, cleanup, api });
    } catch (error) {
      await cleanup.run().catch(() => undefined); // what went wrong first is told
      throw error;
    }
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

  /** The stream of the broker that the replicas use. */
  get streamName(): string {
    return this.given.own['NATS_STREAM'] ?? '';
  }

  get both(): readonly [Replica, Replica] {
    return this.crew.both;
  }

  get first(): Replica {
    return this.both[0];
  }

  get second(): Replica {
    return this.both[1];
  }

  /** The Authorization header of somebody. */
  bearer(sub: string, scope: string): string {
    return `Bearer ${this.issuer.token({ sub, scope })}`;
  }

  /** What a replica is started with; `undefined` takes a setting away. */
  envWith(own: Settings = {}): NodeJS.ProcessEnv {
    return environmentOf(this.given, own);
  }

  /** One more replica, for a trial of its own: listening, and not more. It ends with the trial. */
  async extra(own: Settings = {}): Promise<Replica> {
    return this.launch(own).listening();
  }

  /** At once: for starts that fail. */
  launch(own: Settings = {}): Replica {
    return this.crew.launch(this.envWith(own));
  }

  /** Done when the trial has ended, however it did: at once for a trial that goes on when the run is over. */
  later(step: () => Promise<void>): void {
    this.leftovers.add(step);
  }

  /** Takes the faults back: the network, and the recommender. */
  async heal(): Promise<void> {
    for (const way of Object.values(this.ways)) {
      way.heal();
      await way.up();
    }
    await this.recommender.answers(this.given.wellBehaved);
  }

  /** Ends what a trial has left, takes its faults back, and has two that are well again: false where they did not recover. */
  async calm(): Promise<boolean> {
    await this.crew.dismiss();
    await this.leftovers.clear();
    await this.heal();
    const { evicted } = this;
    this.evicted = false;
    if (!evicted && (await this.crew.becomesCalm(this.options.signal))) return true;
    this.options.tell(`the replicas ${evicted ? 'were killed' : 'did not recover'}: both are started anew`);
    await this.crew.startPair(this.envWith());
    return evicted; // it was us who ended them, which says nothing of them
  }

  /** Kills what a trial uses that does not end at its bound: it would go on beside the next. */
  async evict(trial: Promise<unknown>): Promise<void> {
    this.evicted = true;
    await this.crew.close();
    await this.leftovers.clear();
    await this.heal();
    const over = trial.then(
      () => false,
      () => false,
    );
    this.haunted = await Promise.race([over, pause(EVICTION_TIMEOUT_MS, true, { ref: false })]);
  }

  /** Also what a trial has left that was called off, so that nothing of it stays in a server that is given. */
  async close(): Promise<void> {
    await this.crew.close();
    await this.leftovers.close();
    await this.cleanup.run();
  }
}
