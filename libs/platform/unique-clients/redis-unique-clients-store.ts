import { Injectable } from '@nestjs/common';
import { Clock } from '#kernel/clock';
import { Redis } from '#platform/redis';
import { bucketAt, bucketsAt, CLIENT_WINDOWS, type ClientWindowName } from './client-window.js';
import { MemoryUniqueClientsStore } from './memory-unique-clients-store.js';
import { UniqueClientsStore, type UniqueClientCounts } from './unique-clients-store.js';

/** Addresses that Redis has not heard of, kept for it while it is away: some 2 MB. Those beyond are never told. */
export const MISSED_MAX = 20_000;
/** Addresses in one command: it takes Redis a fraction of a millisecond, in which nobody else is served. */
const COMMAND_ADDRESSES_MAX = 1_000;

/** What is told to one key. */
interface Addition {
  readonly key: string;
  readonly parts: readonly string[][];
  readonly retainedMs: number;
}

/**
 * The clients of all replicas: a HyperLogLog of Redis for each bucket, 12 KiB at most and without any address in it. Each
 * replica counts its own besides, and tells those while Redis is away.
 */
@Injectable()
export class RedisUniqueClientsStore extends UniqueClientsStore {
  private missed: readonly string[] = [];

  constructor(
    private readonly redis: Redis,
    private readonly own: MemoryUniqueClientsStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** What Redis could not be told is told later, and counts for the day alone: for the minute it would come too late. */
  override async add(addresses: readonly string[]): Promise<void> {
    await this.own.add(addresses);
    const ofDay = [...new Set([...this.missed, ...addresses])];
    if (ofDay.length === 0) return;
    const additions = [this.addition('minute', addresses), this.addition('day', ofDay)];
    try {
      await this.redis.call('unique-clients.add', async (client) => {
        const commands = client.multi(); // all or nothing: never a key that has no end yet
        for (const { key, parts, retainedMs } of additions) {
          for (const part of parts) commands.pfAdd(key, part);
          commands.pExpire(key, retainedMs);
        }
        await commands.exec();
      });
      this.missed = [];
    } catch {
      this.missed = ofDay.slice(0, MISSED_MAX); // Redis tells of itself that it is away
    }
  }

  override async counts(): Promise<UniqueClientCounts> {
    const nowMs = this.nowMs();
    const keys = (name: ClientWindowName) =>
      bucketsAt(CLIENT_WINDOWS[name], nowMs).map((bucket) => this.keyOf(name, bucket));
    try {
      return await this.redis.call('unique-clients.count', async (client) => {
        const [minute, day] = await Promise.all([client.pfCount(keys('minute')), client.pfCount(keys('day'))]);
        return { minute, day };
      });
    } catch {
      return this.own.counts();
    }
  }

  private addition(name: ClientWindowName, addresses: readonly string[]): Addition {
    const window = CLIENT_WINDOWS[name];
    const parts: string[][] = [];
    for (let from = 0; from < addresses.length; from += COMMAND_ADDRESSES_MAX) {
      parts.push(addresses.slice(from, from + COMMAND_ADDRESSES_MAX));
    }
    // Its own bucket, those for which it counts, and one for a replica whose clock is behind.
    const retainedMs = (window.fullBuckets + 2) * window.bucketMs;
    return { key: this.keyOf(name, bucketAt(window, this.nowMs())), parts, retainedMs };
  }

  /** All in one slot of a cluster, where alone several can be counted together. */
  private keyOf(name: ClientWindowName, bucket: number): string {
    return this.redis.key('{unique-clients}', name, String(bucket));
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
