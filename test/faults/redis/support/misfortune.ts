import { setTimeout as pause } from 'node:timers/promises';
import type { SeededRandom } from '../../support/seeded-random.js';
import type { SharedShop } from './shared-shop.js';

/** A fault lasts so long, and as long until the next one. In milliseconds. */
const SPELL = { min: 50, max: 1_500 };

/** Faults of Redis that come and go at random. */
export class Misfortune {
  readonly counts: Record<string, number> = {};
  private readonly over = new AbortController();
  private readonly happening: Promise<void>;

  private constructor(
    private readonly shop: SharedShop,
    private readonly random: SeededRandom,
  ) {
    this.happening = this.happen();
  }

  static upon(shop: SharedShop, random: SeededRandom): Misfortune {
    return new Misfortune(shop, random);
  }

  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** Redis is well from now on. */
  async end(): Promise<void> {
    this.over.abort();
    await this.happening;
  }

  private async happen(): Promise<void> {
    const { redis, proxies } = this.shop;
    const kinds = {
      flush: () => this.shop.tell((admin) => admin.flushAll()),
      restart: async () => {
        await redis.stop();
        await this.spell();
        await redis.restart();
      },
      pause: async () => {
        redis.pause();
        await this.spell();
        redis.resume();
      },
      'one store cut off': async () => {
        const proxy = this.random.pick(proxies);
        proxy.blackHole();
        await this.spell();
        proxy.heal();
      },
      reset: async () => this.random.pick(proxies).reset(),
    };
    while (!this.over.signal.aborted) {
      const kind = this.random.pick(Object.keys(kinds) as (keyof typeof kinds)[]);
      this.counts[kind] = (this.counts[kind] ?? 0) + 1;
      await kinds[kind]();
      await this.spell();
    }
  }

  private async spell(): Promise<void> {
    await pause(this.random.between(SPELL.min, SPELL.max), undefined, { signal: this.over.signal }).catch(
      () => undefined,
    );
  }
}
