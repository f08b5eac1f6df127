import type { NatsServer } from '#platform/testing';
import { UNCACHED } from '../../../system/support/uncached.js';
import { Replicas, type Env } from './replicas.js';

export interface DeploymentOptions {
  /** Without it there is one service: the stores recommend by themselves. */
  readonly broker?: NatsServer;
  readonly stores?: number;
  readonly recommenders?: number;
  /** Over what the topology asks for. */
  readonly storeEnv?: Env;
  readonly recommenderEnv?: Env;
}

/** The first question of a process is its slowest, and a test's machine is busy. */
const UNHURRIED: Env = { RECOMMENDER_TIMEOUT_MS: '5000', RECOMMENDER_ATTEMPT_TIMEOUT_MS: '4000' };

/** The stores, and, where there is a broker, the recommenders, each service on a database of its own. */
export class Deployment {
  private constructor(
    readonly stores: Replicas,
    /** Who learns: the stores themselves, where there is no broker. */
    readonly learners: Replicas,
    private readonly options: DeploymentOptions,
  ) {}

  static async open(options: DeploymentOptions): Promise<Deployment> {
    const stores = await Replicas.of('store', options.stores ?? 1);
    const learners = options.broker ? await Replicas.of('recommender', options.recommenders ?? 1) : stores;
    const deployment = new Deployment(stores, learners, options);
    try {
      await deployment.start();
      return deployment;
    } catch (error) {
      await deployment.close(); // one that was never opened is nobody else's to close
      throw error;
    }
  }

  /** All of them, ready. Also after `kill`: on the same databases, with new ports. */
  async start(): Promise<void> {
    const { broker, storeEnv, recommenderEnv } = this.options;
    if (!broker) return this.stores.start({ ...UNCACHED, ...storeEnv });
    await this.learners.start({ NATS_URL: broker.url, ...recommenderEnv });
    const two = { NATS_URL: broker.url, RECOMMENDER_URL: this.learners.first.url, ...UNHURRIED };
    await this.stores.start({ ...UNCACHED, ...two, ...storeEnv });
  }

  get storeUrls(): readonly string[] {
    return this.stores.processes.map(({ url }) => url);
  }

  /** SIGKILL to each process of each service. */
  async kill(): Promise<void> {
    await Promise.all([this.stores.kill(), this.learners.kill()]);
  }

  async close(): Promise<void> {
    await this.stores.close();
    if (this.learners !== this.stores) await this.learners.close();
  }
}
