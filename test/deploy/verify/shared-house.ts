import { NatsServer, RedisServer, testServerUrl } from '#platform/testing';
import { Ticker } from '../../../tools/verify/report/ticker.ts';
import type { Database } from '../../../tools/verify/stage/databases.ts';
import { Stage } from '../../../tools/verify/stage/stage.ts';
import type { Verdict } from '../../../tools/verify/trial/trial.ts';
import { tried } from '../../../tools/verify/tried.ts';
import { ROOT } from '../../system/support/spawn-service.js';
import { storeDatabase } from '../../system/support/store-database.js';

export interface Tried {
  readonly verdicts: readonly Verdict[];
  /** What `verify` would have shown meanwhile. */
  readonly output: string;
}

/**
 * The servers that `verify` would start for each of fifty releases anew, and its database, which would be migrated and
 * seeded as often: that is half of what such a run takes. Each stage has a copy of its own, and names of its own in Redis
 * and in the broker.
 */
export class SharedHouse {
  readonly #redis: RedisServer;
  readonly #nats: NatsServer;

  private constructor(redis: RedisServer, nats: NatsServer) {
    this.#redis = redis;
    this.#nats = nats;
  }

  static async open(): Promise<SharedHouse> {
    return new SharedHouse(await RedisServer.start(), await NatsServer.start());
  }

  /** @param release the folder whose `dist` is tried */
  async try(release: string, only: string, signal: AbortSignal): Promise<Tried> {
    const told: string[] = [];
    const ticker = new Ticker((text) => told.push(text));
    const env = {
      VERIFY_DATABASE_URL: testServerUrl().href,
      VERIFY_REDIS_URL: this.#redis.url,
      VERIFY_NATS_URL: this.#nats.url,
    };
    const tell = (text: string): void => ticker.note(text);
    const stage = await Stage.open({ checkout: ROOT, release, env, tell, signal, database: copied });
    try {
      const { verdicts } = await tried(stage, [only], ticker);
      return { verdicts, output: told.join('') };
    } finally {
      await stage.close();
    }
  }

  async close(): Promise<void> {
    await this.#redis.stop();
    await this.#nats.stop();
  }
}

async function copied(): Promise<Database> {
  const { url, ...others } = await storeDatabase({ seeded: true });
  return { adminUrl: url, ...others };
}
