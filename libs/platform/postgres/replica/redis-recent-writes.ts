import { Injectable } from '@nestjs/common';
import { Redis, RedisScript } from '#platform/redis';
import { InMemoryRecentWrites } from './in-memory-recent-writes.js';
import { laterOf, type Lsn } from './lsn.js';
import { RecentWrites } from './recent-writes.js';

/** Places are kept as 16 hexadecimal digits: such texts sort as the numbers do. */
const DIGITS = 16;
const PLACE = /^[0-9a-f]{16}$/;

/** Moves a key's place forward and its end back, never the other way; what is foreign there counts for nothing. */
const MOVE_FORWARD = new RedisScript(`
  local place, ttl = ARGV[1], tonumber(ARGV[2])
  local kept = redis.pcall('GET', KEYS[1])
  if type(kept) == 'string' and #kept == ${DIGITS} and kept > place then place = kept end
  local left = redis.call('PTTL', KEYS[1])
  if left > ttl then ttl = left end
  redis.call('SET', KEYS[1], place, 'PX', ttl)
  return 1`);

/**
 * The writes of all replicas of the service. While Redis is away each knows its own: a caller who writes at one and reads
 * at another may then miss his write, for as long as the database's replica is behind. Sending all reads to the primary
 * instead would add to an outage of the cache what the replica is there to carry.
 */
@Injectable()
export class RedisRecentWrites extends RecentWrites {
  private readonly own = new InMemoryRecentWrites();

  constructor(private readonly redis: Redis) {
    super();
  }

  /** @throws Error when the others can't be told */
  override async remember(keys: readonly string[], lsn: Lsn, ttlMs: number): Promise<void> {
    await this.own.remember(keys, lsn, ttlMs);
    const place = lsn.toString(16).padStart(DIGITS, '0');
    const values = [place, String(Math.ceil(ttlMs))];
    await this.redis.call(
      'recent-writes.remember',
      // In one pipeline: the client writes at once what it is given in one turn.
      (client) => Promise.all(keys.map((key) => MOVE_FORWARD.run(client, [this.keyOf(key)], values))),
      { persistent: true },
    );
  }

  override async latest(keys: readonly string[]): Promise<Lsn | null> {
    const own = await this.own.latest(keys);
    if (keys.length === 0) return own;
    const names = keys.map((key) => this.keyOf(key));
    const shared = await this.redis
      .call('recent-writes.latest', (client) => client.mGet(names))
      .catch((error: unknown): readonly null[] => {
        if (this.redis.isAway) return []; // told by the dependency's own metrics and log
        throw error; // a hiccup, or a request that has waited long enough: for once the primary is asked
      });
    return shared.map(placeIn).reduce(later, own);
  }

  private keyOf(key: string): string {
    return this.redis.key('recent-writes', key);
  }
}

const placeIn = (kept: string | null): Lsn | null => (kept !== null && PLACE.test(kept) ? BigInt(`0x${kept}`) : null);

const later = (one: Lsn | null, other: Lsn | null): Lsn | null =>
  one === null || other === null ? (one ?? other) : laterOf(one, other);
