import { Injectable } from '@nestjs/common';
import { createCache, KeyvAdapter, type Cache } from 'cache-manager';
import { redisInsStore } from 'cache-manager-redis-yet';
import { Keyv } from 'keyv';
import { Redis, type RedisCallOptions, type RedisScript } from '#platform/redis';
import { CacheTier, type HeldKeys, type Hold, type Kept } from './cache-tier.js';
import { HOLD_SCRIPT, PROLONG_SCRIPT, RELEASE_SCRIPT } from './redis.scripts.js';

type StoreClient = Parameters<typeof redisInsStore>[0];

/** The cache that all replicas share. */
@Injectable()
export class RedisCacheTier extends CacheTier {
  private readonly cache: Cache;
  /** Why a list of keys could not be read: the library tells it as an event, and calls the keys absent. */
  private readonly failures = new WeakMap<readonly string[], Error>();

  constructor(private readonly redis: Redis) {
    super();
    const keyv = new Keyv({ store: new KeyvAdapter(redisInsStore(boundedClient(redis))), useKeyPrefix: false });
    keyv.serialize = undefined; // the store does it
    keyv.deserialize = undefined;
    keyv.throwOnErrors = true;
    this.cache = createCache({ stores: [keyv] });
    this.cache.on('mget', ({ keys, error }) => void (error instanceof Error && this.failures.set(keys, error)));
  }

  override async read(keys: readonly string[]): Promise<readonly Kept[]> {
    const asked = [...keys];
    const kept = await this.cache.mget<Kept>(asked);
    const failure = this.failures.get(asked);
    if (failure === undefined || failure instanceof SyntaxError) return kept; // one that is no JSON hides the others too
    throw failure;
  }

  /** All in one pipeline: the client writes what it is given in one turn at once. */
  override async write(keys: readonly string[], value: Kept, ttlMs: number): Promise<void> {
    await Promise.all(keys.map((key) => this.cache.set(key, value, ttlMs)));
  }

  override async claim(key: string, value: Kept, ttlMs: number): Promise<boolean> {
    const expires = Date.now() + ttlMs;
    const answer = await this.redis.call('cache.claim', (client) =>
      client.set(key, JSON.stringify({ value, expires }), {
        condition: 'NX',
        expiration: { type: 'PX', value: ttlMs },
      }),
    );
    return answer !== null;
  }

  override async prolong(key: string, value: string, ttlMs: number): Promise<boolean> {
    const said = [value, JSON.stringify({ value }), String(ttlMs)];
    const answer = await this.redis.call('cache.prolong', (client) => PROLONG_SCRIPT.run(client, [key], said));
    return answer === 1;
  }

  override async hold(things: readonly HeldKeys[], hold: Hold): Promise<void> {
    await this.run('cache.hold', HOLD_SCRIPT, things, hold, { persistent: false });
  }

  override async release(things: readonly HeldKeys[], hold: Hold): Promise<void> {
    await this.run('cache.release', RELEASE_SCRIPT, things, hold, { persistent: true });
  }

  /** Past the library, whose removal of several keys is one command for each. */
  override async remove(keys: readonly string[]): Promise<void> {
    await this.redis.call('cache.remove', (client) => client.del([...keys]));
  }

  /** One script for each thing, which a cluster may keep at another server; all in one pipeline. */
  private async run(
    operation: string,
    script: RedisScript,
    things: readonly HeldKeys[],
    { id, mark, ttlMs }: Hold,
    options: RedisCallOptions,
  ): Promise<void> {
    const said = [id, JSON.stringify({ value: mark }), String(ttlMs)];
    const told = things.map(({ generation, holders }) =>
      this.redis.call(operation, (client) => script.run(client, [generation, holders], said), options),
    );
    await Promise.all(told);
  }
}

/** As much of a client as the store asks for, with every wait bounded. */
function boundedClient(redis: Redis): StoreClient {
  const client = {
    mGet: (keys: string[]) => redis.call('cache.read', (inner) => inner.mGet(keys)),
    set: (key: string, value: string, { PX }: { PX: number }) =>
      redis.call('cache.write', (inner) => inner.set(key, value, { expiration: { type: 'PX', value: PX } })),
    del: (keys: string | string[]) => redis.call('cache.remove', (inner) => inner.del(keys)),
  };
  return client as unknown as StoreClient;
}
