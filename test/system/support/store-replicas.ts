import { RedisServer } from '#platform/testing';
import { storeDatabase } from './store-database.js';
import { StoreProcess } from './store-process.js';
import { UNSHED } from './unshed.js';

/** Several stores and a busy machine: what these tests are about is none of it. */
const UNHURRIED = { ...UNSHED, DATABASE_ACQUIRE_TIMEOUT_MS: '4000' };

/** Some stores on one database and one Redis, which believe what an X-Forwarded-For says of the client. */
export class StoreReplicas {
  private constructor(
    readonly stores: readonly StoreProcess[],
    readonly redis: RedisServer,
    private readonly database: Awaited<ReturnType<typeof storeDatabase>>,
  ) {}

  static async start(count: number, env: Readonly<Record<string, string>> = {}): Promise<StoreReplicas> {
    const [database, redis] = await Promise.all([storeDatabase(), RedisServer.start()]);
    const shared = { REDIS_URL: redis.url, TRUST_PROXY: '127.0.0.1' };
    const options = { databaseUrl: database.serviceUrl, env: { ...UNHURRIED, ...shared, ...env } };
    const stores = Array.from({ length: count }, () => StoreProcess.launch(options));
    const replicas = new StoreReplicas(stores, redis, database);
    try {
      await Promise.all(stores.map((store) => store.listening().then(() => store.ready())));
      return replicas;
    } catch (error) {
      await replicas.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.stores.map((store) => store.stop()));
    await this.redis.stop();
    await this.database.drop();
  }
}
